// Everything that can be clicked: who may open which page, every link from every landing page, and every form of an act sent with
// what nobody should send. Plain HTTP, so it is quick; what pages look like is judged in pages.mjs.
import { strict as assert } from 'node:assert';

const base = process.env.XINXIU_CONSOLE;
const accounts = ['', 'road', 'road-head', 'policy', 'policy-head', 'leader', 'counter', 'platform', 'yanjiang', 'company', 'new-company', 'auditor', 'admin'];
const staff = new Set(['road', 'road-head', 'policy', 'policy-head', 'leader', 'counter', 'platform', 'yanjiang', 'auditor', 'admin']);
const faults = [];
const wrong = (who, what, fault) => faults.push(`${who || 'public'} ${what}: ${fault}`);

async function cookie(login) {
  if (!login) return '';
  const body = new URLSearchParams({ login, password: 'demo-city-2026', next: '' });
  const answer = await fetch(`${base}/sign-in`, { method: 'POST', body, redirect: 'manual', headers: { origin: base } });
  const landing = login === 'auditor' ? '/trail' : staff.has(login) ? '/desk' : '/mine';
  if (answer.status !== 303 || answer.headers.get('location') !== landing) wrong(login, '/sign-in', `${answer.status} to ${answer.headers.get('location')}, not ${landing}`);
  const set = answer.headers.get('set-cookie') || '';
  if (!/HttpOnly/i.test(set) || !/SameSite=Lax/i.test(set)) wrong(login, '/sign-in', `cookie: ${set.replace(/=[^;]*/, '=…')}`);
  return set.split(';')[0];
}

const get = (path, cookie) => fetch(base + path, { redirect: 'manual', headers: { cookie } });
const all = (text, pattern) => [...text.matchAll(pattern)].map((found) => found[1]);
const plain = (text) => text.replaceAll('&amp;', '&').replaceAll('&#x2f;', '/').replaceAll('&quot;', '"');

// What holds for each page, whichever it is.
function sound(who, path, status, text) {
  if (Buffer.byteLength(text) > 40 * 1024) wrong(who, path, `${Buffer.byteLength(text)} bytes`);
  if (all(text, /(<h1)[ >]/g).length !== 1) wrong(who, path, `${all(text, /(<h1)[ >]/g).length} headings of level one`);
  if (!/<title>[^<]*[^<\s·][^<]* · /.test(text)) wrong(who, path, 'no title');
  const ids = all(text, /\sid="([^"]*)"/g);
  const twice = ids.find((id, place) => ids.indexOf(id) !== place);
  if (twice !== undefined) wrong(who, path, `the id ${twice} stands twice`);
  for (const aim of [...all(text, /href="#([^"]*)"/g), ...all(text, /\sfor="([^"]*)"/g), ...all(text, /aria-(?:labelledby|describedby)="([^"]*)"/g).flatMap((one) => one.trim().split(/\s+/))]) {
    if (!ids.includes(aim)) wrong(who, path, `#${aim} leads nowhere`);
  }
  const unset = text.match(/.{0,60}>\s*(?:none|None|null|undefined|\[\]|\{\}|NaN)\s*<.{0,20}/);
  if (unset) wrong(who, path, `an empty value is shown: ${unset[0]}`);
  if (/\sstyle="|<style|\son[a-z]+="/.test(text)) wrong(who, path, 'style or script in the page itself');
  if (status >= 500) wrong(who, path, `status ${status}`);
}

// The kind of a page: of each kind a few are opened.
const kind = (path) => path.replace(/\?.*(queue|process|q|after)=.*/, '?$1').replace(/\/[0-9a-f-]{36}/, '/id').replace(/[A-Z]{2}[0-9]{4}-[0-9]+/, (number) => number.slice(0, 2)).replace(/\/trail\/[0-9]+/, '/trail/n');
const most = (path) => (/\/cases\/[^/]+\/[^/]+$/.test(path) ? 2 : 3);

async function follow(who, cookie, landing) {
  const seen = new Set();
  const kinds = new Map();
  const open = [landing];
  const forms = new Map();
  while (open.length) {
    const path = open.shift();
    if (seen.has(path)) continue;
    const count = kinds.get(kind(path)) || 0;
    if (count >= most(path)) continue;
    seen.add(path);
    kinds.set(kind(path), count + 1);
    const answer = await get(path, cookie);
    const type = answer.headers.get('content-type') || '';
    const text = await answer.text();
    if (answer.status !== 200 && !(answer.status === 303 && !cookie)) wrong(who, path, `status ${answer.status}`);
    if (!type.startsWith('text/html') || answer.status !== 200) continue;
    sound(who, path, answer.status, text);
    const act = text.match(/<form method="post" action="(\/cases\/[^"]+)"/);
    if (act && !forms.has(kind(path))) forms.set(kind(path), path);
    for (const link of all(text, /<a\s[^>]*href="(\/[^"#]*)"/g).map(plain)) if (!/[?&]lang=/.test(link)) open.push(link);
  }
  return { seen: seen.size, forms: [...forms.values()] };
}

// A form as a careless hand sends it: every text filled with the same odd words, no choice made, no paper attached.
const odd = `<b>"odd" & 'words'`;
async function careless(who, cookie, path) {
  const text = await (await get(path, cookie)).text();
  const form = text.match(/<form method="post" action="(\/cases\/[^"]+)"[\s\S]*?<\/form>/);
  if (!form) return 'closed';
  const body = new FormData();
  for (const [, name, value] of form[0].matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)) body.append(name, plain(value));
  let typed = 0;
  for (const [, , name] of form[0].matchAll(/<(input type="text"|textarea) id="[^"]*" name="([^"]*)"/g)) { body.append(name, odd); typed += 1; }
  const answer = await fetch(base + plain(form[1]), { method: 'POST', body, redirect: 'manual', headers: { cookie, origin: base } });
  const said = await answer.text();
  if (answer.status === 303) return 'done';
  sound(who, `POST ${path}`, answer.status, said);
  if (![200, 409, 422].includes(answer.status)) wrong(who, `POST ${path}`, `status ${answer.status}`);
  if (said.includes('<b>"odd"') || said.includes('<b>&quot;odd')) wrong(who, `POST ${path}`, 'what was typed became a part of the page');
  const kept = (said.match(/&lt;b&gt;/g) || []).length;
  if (kept < typed) wrong(who, `POST ${path}`, `${typed} typed, ${kept} kept`);
  if (answer.status === 422 && !/role="alert"/.test(said)) wrong(who, `POST ${path}`, 'no summary of what is wrong');
  const bad = all(said, /(aria-invalid="true"|class="fld bad")/g).length;
  const links = all(said, /<li><a href="#([^"]*)"/g);
  if (answer.status === 422 && links.length && !bad) wrong(who, `POST ${path}`, `no field is marked, the summary names ${links.slice(0, 3).join(', ')}`);
  // Nothing is done for who does not send the sign of the session, or sends it from elsewhere.
  for (const headers of [{ cookie, origin: 'https://example.org' }, { cookie }]) {
    const elsewhere = await fetch(base + plain(form[1]), { method: 'POST', body, redirect: 'manual', headers });
    if (elsewhere.status !== 403) wrong(who, `POST ${path}`, `another origin: ${elsewhere.status}`);
  }
  return String(answer.status);
}

// Who may open what; a stranger is led to the sign-in page and back.
const closed = { '/trail': ['company', 'new-company'], '/desk': [], '/cases': [], '/mine': [] };
async function doors(who, cookie) {
  for (const path of ['/desk', '/cases', '/mine', '/trail', '/password', '/cases/XF2026-000003', '/cases/XF2026-000003/askRepairSupplement']) {
    const answer = await get(path, cookie);
    if (!who && (answer.status !== 303 || answer.headers.get('location') !== `/sign-in?next=${encodeURIComponent(path)}`)) wrong(who, path, `${answer.status} ${answer.headers.get('location')}`);
    if (who && answer.status >= 500) wrong(who, path, `status ${answer.status}`);
    if (who && closed[path] && closed[path].includes(who) && answer.status !== 403) wrong(who, path, `${answer.status}, not 403`);
  }
  for (const [path, status] of [['/', 200], ['/sign-in', 200], ['/published/nothing', 404], ['/trail/999999999', who ? 404 : 303], ['/trail/x', who ? 422 : 303], ['/cases?process=NOTHING', who ? 422 : 303], ['/cases?after=nonsense', who ? 422 : 303], ['/desk?after=nonsense', who ? 422 : 303], ['/?after=nonsense', 422], ['/nothing', 404]]) {
    const answer = await get(path, cookie);
    if (answer.status !== status) wrong(who, path, `${answer.status}, not ${status}`);
    if (answer.status !== 303 && !/text\/html/.test(answer.headers.get('content-type') || '')) wrong(who, path, 'not a page in words');
  }
}

const landing = (who) => (!who ? '/' : who === 'auditor' ? '/trail' : staff.has(who) ? '/desk' : '/mine');
const sessions = new Map();
let pages = 0;
const forms = [];
for (const who of accounts) {
  const session = await cookie(who);
  sessions.set(who, session);
  await doors(who, session);
  const found = await follow(who, session, landing(who));
  pages += found.seen;
  forms.push(...found.forms.map((path) => [who, path]));
}
const ends = {};
for (const [who, path] of forms) {
  const end = await careless(who, sessions.get(who), path);
  ends[end] = (ends[end] || 0) + 1;
}
for (const fault of faults.slice(0, 60)) console.log(fault);
console.log(`console links: ${pages} pages, ${forms.length} forms sent carelessly (${Object.entries(ends).map(([end, count]) => `${end}: ${count}`).join(', ')}), ${faults.length} wrong`);
assert.ok(forms.length > 20, 'few forms were found');
process.exit(faults.length ? 1 : 0);
