// Every link that a page shows leads somewhere: nobody is led to an error, and nobody to a page that the seat does not open.
const base = process.env.XINXIU_CONSOLE;
const most = 120;

async function cookie(login) {
  if (!login) return '';
  const body = new URLSearchParams({ login, password: 'demo-city-2026' });
  const answer = await fetch(`${base}/sign-in`, { method: 'POST', body, redirect: 'manual', headers: { origin: base } });
  return answer.headers.getSetCookie().map((one) => one.split(';')[0]).join('; ');
}

// Paths of one kind are one page: a hundred cases are looked at as three.
const kind = (path) => path.replace(/\d+/g, '0').replace(/=[^&]*/g, '=');

let wrong = 0;
let seen = 0;
for (const [login, first] of [['', '/'], ['road', '/desk'], ['road-head', '/desk'], ['policy', '/desk'], ['policy-head', '/desk'], ['leader', '/desk'], ['anyue', '/desk'], ['counter', '/desk'], ['platform', '/desk'], ['company', '/mine'], ['admin', '/people'], ['auditor', '/trail']]) {
  const headers = { cookie: await cookie(login) };
  const known = new Set([first]);
  const kinds = new Map();
  const open = [[first, 'sign-in']];
  for (let count = 0; open.length && count < most; count += 1) {
    const [path, from] = open.shift();
    const answer = await fetch(`${base}${path}`, { headers, redirect: 'manual' });
    seen += 1;
    const to = answer.headers.get('location') || '';
    // Help tells of the pages of other seats, too.
    if (answer.status === 403 && from.startsWith('/help/')) continue;
    if (answer.status >= 400 || (login && to.startsWith('/sign-in'))) {
      wrong += 1;
      console.log(`${login || 'public'}: ${from} leads to ${path}: ${answer.status} ${to}`);
    }
    if (!(answer.headers.get('content-type') || '').startsWith('text/html')) continue;
    const text = await answer.text();
    for (const [, found] of text.matchAll(/href="(\/[^"#]*)/g)) {
      const next = found.replaceAll('&amp;', '&').replaceAll('&#x2f;', '/');
      // What leads to the provider of identities leads out of this house.
      if (known.has(next) || next.startsWith('/static/') || /^\/(sign-in|me)\/identity/.test(next)) continue;
      const times = kinds.get(kind(next)) || 0;
      if (times >= 3) continue;
      kinds.set(kind(next), times + 1);
      known.add(next);
      open.push([next, path]);
    }
  }
}
console.log(`links: ${seen} followed, ${wrong} wrong`);
process.exit(wrong ? 1 : 0);
