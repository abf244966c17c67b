// Every page, for those who may see it, in both languages: axe finds nothing, nothing scrolls sideways, no stray Chinese on an
// English page, few and light requests. PICTURES=folder keeps a picture of each.
import { mkdirSync } from 'node:fs';
import { audited, base, browser, visitor } from './house.mjs';

const pages = [
  ['', [['public', '/'], ['public-none', '/?q=zzzz'], ['column', '/column'], ['column-part', '/column?part=POLICY'], ['column-none', '/column?part=LISTS'], ['column-wrong', '/column?part=NONE', 404], ['sign-in', '/sign-in'], ['identity-away', '/sign-in/identity', 422], ['missing', '/published/JL0000-000000', 404]]],
  ['', [['law', '/law'], ['law-lists', '/law/lists'], ['law-repair', '/law/repair_application'], ['law-record', '/law/publication_record'], ['law-listing', '/law/listing_case'], ['law-entry', '/law/proposal_entry'],
    ['law-objection', '/law/objection'], ['law-acts', '/law/listing_case/acts'], ['law-act', '/law/repair_application/acts/resubmit'], ['law-none', '/law/nothing', 404], ['law-act-none', '/law/objection/acts/nothing', 404], ['law-before', '/law/objection?on=2000-01-01', 404],
    ['limit', '/calculator'], ['limit-answer', '/calculator?from=2026-09-25&count=7&unit=WORKING_DAY&pauses.0.first=2026-10-12&pauses.0.last=2026-10-13'], ['limit-wrong', '/calculator?from=2026-09-25&count=x', 422],
    ['terms', '/calculator/terms'], ['terms-answer', '/calculator/terms?subjectKind=LEGAL_PERSON&procedure=ORDINARY&findingDate=2026-03-10&penalties.0.kind=FINE&penalties.0.size=LARGER'], ['terms-open', '/calculator/terms?subjectKind=LEGAL_PERSON&procedure=ORDINARY&findingDate=2026-03-10&penalties.0.kind=FINE'], ['terms-wrong', '/calculator/terms?findingDate=2026-03-10', 422], ['code', '/calculator/code'],
    ['guide', '/guide'], ['help', '/help'], ['help-public', '/help/public'], ['help-company', '/help/company'], ['help-officer', '/help/officer'], ['help-head', '/help/head'], ['help-policy', '/help/policy'], ['help-leader', '/help/leader'], ['help-auditor', '/help/auditor'], ['help-administrator', '/help/administrator'],
    ['help-none', '/help/nobody', 404], ['reasons', '/help/reasons'], ['verify', '/verify'], ['offices-open', '/offices'], ['office-open', '/offices/anyue']]],
  ['road', [['desk', '/desk'], ['desk-mine', '/desk?queue=mine'], ['cases', '/cases?process=REPAIR_APPLICATION'], ['found', '/cases?q=XF2026-000003'], ['case', '/cases/XF2026-000003'], ['act', '/cases/XF2026-000003/askRepairSupplement'], ['record', '/cases/JL2026-000003'], ['password', '/password'], ['me', '/me'], ['new', '/new'], ['new-record', '/new/registerPublicationRecord'], ['case-desk', '/cases/XF2026-000003/desk'], ['waiting', '/cases?waiting=1&desk=road_transport_centre'], ['import', '/import'], ['export', '/export'], ['absence-counter', '/absence'], ['published-many', '/cases?process=PUBLICATION_RECORD&all=1'], ['no-import', '/imports/none', 404], ['none-ticked', '/bulk?act=publishPublicationRecord', 422], ['law-staff', '/law/repair_application'], ['limit-staff', '/calculator'], ['commitments', '/commitments'], ['schemes', '/schemes'], ['scheme-can', '/schemes?uscc=91512002MA0003030T'], ['check', '/cases/HC2026-000001'], ['check-form', '/new/openCreditCheck'], ['check-act', '/cases/HC2026-000001/concludeCreditCheck'], ['commitment', '/cases/CN2026-000004'], ['commitment-told', '/cases/CN2026-000005'], ['commitment-form', '/new/registerCommitment'], ['commitment-order', '/cases/CN2026-000004/orderCommitmentCorrection'], ['scheme-use', '/cases/SY2026-000001'], ['scheme-form', '/new/noteBenefitUse'], ['no-case', '/cases/XF0000-000000', 404]]],
  ['road-head', [['decision', '/cases/XF2026-000007'], ['paper-preview', '/cases/XF2026-000007/print/repair_grant'], ['paper-form', '/cases/XF2026-000007/print/filing_receipt'], ['numbers', '/numbers'], ['grant', '/cases/XF2026-000007/grantRepairApplication'], ['own-board', '/board'], ['own-plan', '/plan/credit_transport_city.2026-07-01'], ['plans-of-a-head', '/plan']]],
  ['policy', [['batch', '/cases/PC2026-000009'], ['entry', '/cases/JY2026-000023'], ['listing', '/cases/LR2026-000010'], ['paper-notice', '/cases/LR2026-000010/print/prior_notice'], ['paper-list', '/cases/PC2026-000009/print/proposal_list'], ['no-paper', '/cases/LR2026-000010/print/nothing', 404], ['objection', '/cases/YY2026-000008'], ['binding', '/cases?process=ACCOUNT_BINDING'], ['plans', '/plan'], ['plan', '/plan/credit_transport_city.2026-07-01'], ['plan-then', '/plan/credit_transport_city.2026-07-01?asOf=2026-07-08'], ['plan-line', '/plan/credit_transport_city.2026-07-01/1'], ['plan-duty', '/plan/credit_transport_city.2026-07-01/unit_ledgers'], ['plan-watched', '/plan/credit_transport_city.2026-07-01/satisfaction'], ['no-plan', '/plan/nothing', 404], ['no-line', '/plan/credit_transport_city.2026-07-01/99', 404], ['ledger', '/cases?process=LEDGER_ENTRY'], ['ledger-entry', '/cases/TZ2026-000001'], ['ledger-form', '/new/noteLedgerEntry'], ['tasks', '/cases?process=PLAN_TASK'], ['task', '/cases/RW2026-000001'], ['registers', '/registers'], ['register', '/registers/operator_basic'], ['register-licences', '/registers/licence?search=资阳'], ['no-register', '/registers/nothing', 404], ['rates', '/rates'], ['no-rate', '/rates/failing?rate=nothing', 404], ['submissions', '/cases?process=DATA_SUBMISSION'], ['submission', '/cases/BS2026-000001'], ['submission-form', '/new/openDataSubmission'], ['pieces', '/cases?process=PUBLICITY_ITEM'], ['piece', '/cases/XC2026-000001'], ['piece-form', '/new/openPublicityItem'], ['piece-check', '/cases/XC2026-000004'], ['board', '/board'], ['board-of', '/board?office=road_transport_centre']]],
  ['company', [['mine', '/mine'], ['commitment-own', '/new/fileCommitment'], ['schemes-own', '/schemes'], ['absence', '/absence'], ['own-record', '/cases/JL2026-000003'], ['apply', '/cases/JL2026-000003/openRepairApplication']]],
  ['platform', [['import-pushed', '/import'], ['answers', '/export']]],
  ['auditor', [['imports-of-all', '/import?office=yanjiang'], ['checkpoints', '/checkpoints'], ['by-hand', '/by-hand'], ['entry-2769', '/trail/2769'], ['trail', '/trail'], ['refused', '/trail?refused=1'], ['proof', '/trail/100']]],
  ['leader', [['leader', '/desk']]],
  ['admin', [['admin', '/desk'], ['people', '/people'], ['account', '/people/road'], ['add-account', '/do/addAccount'], ['offices', '/offices'], ['office', '/offices/anyue'], ['add-offices', '/do/addOffices'], ['settings', '/settings'], ['setting', '/settings/sign_in_idle_minutes'], ['keeping', '/keeping'], ['letters', '/letters'], ['no-page', '/nowhere', 404]]],
];
const kilo = 1024;
const folder = process.env.PICTURES;
if (folder) mkdirSync(folder, { recursive: true });

// Chinese characters of a page that stand in no element marked as Chinese.
function stray() {
  const found = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const text = walk.currentNode;
    if (!/[\u4e00-\u9fff]/.test(text.data)) continue;
    // The calendars of the State Council name their festivals in Chinese only.
    if (text.parentElement.closest('.how')) continue;
    let element = text.parentElement;
    while (element && !element.getAttribute('lang')) element = element.parentElement;
    if (!element || !element.getAttribute('lang').startsWith('zh')) found.push(text.data.trim().slice(0, 60));
  }
  for (const element of document.querySelectorAll('[aria-label],[placeholder],[title],[alt],option')) {
    const said = ['aria-label', 'placeholder', 'title', 'alt'].map((name) => element.getAttribute(name) || '').join(' ');
    if (/[\u4e00-\u9fff]/.test(said) && !element.closest('[lang]').lang.startsWith('zh')) found.push(`${element.tagName} ${said.trim().slice(0, 60)}`);
  }
  return found.slice(0, 5);
}

async function judged(house, name, path, status, language) {
  const { page, faults } = house;
  faults.length = 0;
  const loads = [];
  const count = (response) => loads.push(response.body().catch(() => '').then((body) => [response.request().resourceType(), body.length]));
  page.on('response', count);
  const answer = await page.goto(`${base}${path}${path.includes('?') ? '&' : '?'}lang=${language}`, { waitUntil: 'load' });
  page.off('response', count);
  const found = [...faults];
  if (answer.status() !== status) found.push(`status ${answer.status()}, not ${status}`);
  const policy = answer.headers()['content-security-policy'] || '';
  if (!policy.startsWith("default-src 'none'")) found.push(`policy: ${policy}`);
  if (loads.length > 4) found.push(`${loads.length} requests`);
  for (const [kind, bytes] of await Promise.all(loads)) {
    const most = { document: 40, stylesheet: 30, script: 8 }[kind];
    if (most && bytes > most * kilo) found.push(`${kind} of ${bytes} bytes`);
  }
  found.push(...(await audited(page)));
  if (language === 'en') found.push(...(await page.evaluate(stray)).map((text) => `stray: ${text}`));
  if (folder) await page.screenshot({ path: `${folder}/${name}-${language}.png`, fullPage: true });
  for (const width of [1366, 320]) {
    await page.setViewportSize({ width, height: 768 });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (over > 0) found.push(`scrolls sideways by ${over} at ${width}`);
  }
  await page.setViewportSize({ width: 1366, height: 768 });
  return found;
}

let wrong = 0;
let seen = 0;
for (const [login, own] of pages) {
  const house = await visitor(login);
  for (const [name, path, status = 200] of own) {
    for (const language of ['zh', 'en']) {
      const found = await judged(house, name, path, status, language);
      seen += 1;
      if (found.length) {
        wrong += 1;
        console.log(`${login || 'public'} ${path} ${language}\n  ${found.join('\n  ')}`);
      }
    }
  }
  await house.context.close();
}
await browser.close();
console.log(`console pages: ${seen} seen, ${wrong} wrong`);
process.exit(wrong ? 1 : 0);
