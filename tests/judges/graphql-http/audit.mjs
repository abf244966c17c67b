// Runs every audit of graphql-http against an address; prints what is not ok; exit code 1 if anything is not.
import { serverAudits } from "graphql-http";

const [url, token] = process.argv.slice(2);
const fetchFn = (address, init = {}) =>
  fetch(address, { ...init, headers: { ...init.headers, ...(token ? { authorization: `Bearer ${token}` } : {}) } });
let bad = 0;
const audits = serverAudits({ url, fetchFn });
for (const audit of audits) {
  const result = await audit.fn();
  if (result.status !== "ok") {
    bad += 1;
    console.log(`${audit.id} ${audit.name}: ${result.status} ${result.reason ?? ""}`);
  }
}
console.log(`${audits.length - bad} of ${audits.length} ok`);
process.exit(bad ? 1 : 0);
