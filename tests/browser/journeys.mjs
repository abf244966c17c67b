// Jobs done in a browser, finding things by their role and name only; once with the script and once without.
import { strict as assert } from 'node:assert';
import { audited, base, run, signIn, visitor } from './house.mjs';

const paper = (name) => ({ name: `${name}.txt`, mimeType: 'text/plain', buffer: Buffer.from(`${name}：内容属实。\n`) });

// Opens an act from the page of its case, fills it, sends it, and confirms a decision on its check page.
async function act(page, number, name, fill = async () => {}) {
  await page.goto(`${base}/cases/${number}`);
  await page.getByRole('complementary', { name: '办理' }).getByRole('link', { name: new RegExp(`^${name}`) }).first().click();
  await fill(page);
  await page.getByRole('button', { name: /^(确认|核对后作出决定)/ }).click();
  await page.waitForLoadState();
  const check = page.getByRole('heading', { name: /^核对后作出决定/ });
  if (await check.count()) {
    await page.getByRole('button', { name: /^确认/ }).click();
    await page.waitForLoadState();
  }
  const done = page.getByRole('status').filter({ hasText: '已办理' });
  assert.equal(await done.count(), 1, `${name} of ${number}: ${(await page.locator('.errors').allInnerTexts()).join(' ')} at ${page.url()}`);
  return page.url().match(/cases\/([^?]+)/)[1];
}

async function signsIn() {
  const { page, context } = await visitor('');
  await signIn(page, 'road', 'not the password');
  assert.match(await page.getByRole('alert').innerText(), /未能登录/);
  assert.equal(await page.getByLabel('用户名').inputValue(), 'road');
  await signIn(page, 'road');
  assert.match(page.url(), /\/desk$/);
  await page.getByRole('button', { name: /^认领 / }).first().click();
  await page.waitForLoadState();
  await page.getByRole('link', { name: /^我认领的/ }).click();
  assert.equal(await page.getByRole('button', { name: /^退回 / }).count(), 1);
  await page.getByRole('button', { name: /^退回 / }).click();
  await page.waitForLoadState();
  await page.getByRole('button', { name: '退出' }).click();
  await page.goto(`${base}/desk`);
  assert.match(page.url(), /sign-in\?next=/);
  await context.close();
}

// A link to another site behind `next` is not followed.
async function staysHere() {
  const { page, context } = await visitor('');
  await page.goto(`${base}/sign-in?next=//example.org/`);
  await signIn(page, 'company');
  assert.match(page.url(), /\/mine$/);
  await context.close();
}

async function repaired(record, options) {
  const as = async (login) => (await visitor(login, options)).page;
  const [company, officer, reviewer, head] = [await as('company'), await as('road'), await as('policy'), await as('road-head')];
  await company.goto(`${base}/cases/${record}/openRepairApplication`);
  await company.getByLabel('联系人').fill('申请人');
  await company.getByLabel(/电子邮箱/).fill('no address');
  await company.getByRole('button', { name: /^确认/ }).click();
  await company.waitForLoadState();
  // axe is a script itself.
  if (options.javaScriptEnabled !== false) assert.deepEqual(await audited(company), []);
  await company.getByRole('alert').getByRole('link').first().click();
  assert.match(company.url(), /#application\./);
  assert.equal(await company.getByLabel('联系人').inputValue(), '申请人');
  await company.getByLabel('联系电话').fill('028-00000000');
  await company.getByLabel(/电子邮箱/).fill('company@example.org');
  await company.getByLabel('是', { exact: true }).check();
  await company.getByRole('button', { name: /^确认/ }).click();
  await company.waitForLoadState();
  assert.match(company.url(), /cases\/XF/, await company.locator('main').innerText());
  const number = company.url().match(/cases\/([^?]+)/)[1];
  await act(company, number, '提交申请', async (page) => {
    for (const field of await page.locator('input[type=file]').all()) await field.setInputFiles(paper('材料'));
  });
  await act(officer, number, '受理');
  await act(officer, number, '核查修复条件', async (page) => {
    for (const box of await page.getByRole('checkbox').all()) await box.check();
    await page.getByRole('radio').first().check();
    await page.locator('input[type=file]').first().setInputFiles(paper('核查记录'));
  });
  await act(officer, number, '提交法规审核');
  await act(reviewer, number, '审核通过');
  // Of some records the duties were done before.
  await officer.goto(`${base}/cases/${record}`);
  if (await officer.getByRole('link', { name: /^登记义务履行/ }).count()) {
    await act(officer, record, '登记义务履行', async (page) => {
      await page.getByLabel(/履行完毕之日/).fill('2026-08-19');
      for (const field of await page.locator('input[type=file]').all()) await field.setInputFiles(paper('履行证明'));
    });
  }
  await act(head, number, '准予修复', async (page) => page.locator('input[type=file]').first().setInputFiles(paper('信用修复决定书')));
  await act(officer, number, '确认解除事项已执行', async (page) => {
    for (const box of await page.getByRole('checkbox').all()) await box.check();
    for (const field of await page.locator('input[type=file]').all()) await field.setInputFiles(paper('执行证明'));
  });
  await company.goto(`${base}/cases/${record}`);
  assert.match(await company.getByRole('article').innerText(), /修复终止公示/);
  await company.goto(`${base}/published/${record}`);
  assert.match(await company.getByRole('heading', { level: 1 }).innerText(), /没有找到/);
  for (const page of [company, officer, reviewer, head]) await page.context().close();
}

// Two officers on one case: the second learns what the first did, and keeps what was typed.
async function stale() {
  const [slow, quick] = [await visitor('road'), await visitor('road-2')];
  await slow.page.goto(`${base}/cases/XF2026-000003/declineRepairApplication`);
  await slow.page.getByLabel('理由', { exact: true }).fill('材料不齐，理由写在这里');
  await act(quick.page, 'XF2026-000003', '一次性告知补正', async (page) => page.getByLabel(/需补正的材料/).fill('营业执照'));
  for (const choice of await slow.page.getByRole('combobox').all()) await choice.selectOption('PAPERS_INCOMPLETE');
  for (const field of await slow.page.locator('input[type=file]').all()) await field.setInputFiles(paper('不予受理通知书'));
  await slow.page.getByRole('button', { name: /^(确认|核对)/ }).click();
  await slow.page.waitForLoadState();
  const confirm = slow.page.getByRole('button', { name: /^确认/ });
  if (await slow.page.getByRole('heading', { name: /^核对后作出决定/ }).count()) { await confirm.click(); await slow.page.waitForLoadState(); }
  assert.match(await slow.page.getByRole('alert').innerText(), /他人办理/);
  assert.equal(await slow.page.getByLabel('理由', { exact: true }).inputValue(), '材料不齐，理由写在这里');
  for (const one of [slow, quick]) await one.context.close();
}

// A session that ended in a form: signing in again brings the form back with what was typed.
async function lost() {
  const { page, context } = await visitor('road-head');
  await page.goto(`${base}/cases/XF2026-000006/sendBackRepairApplication`);
  await page.getByLabel('理由', { exact: true }).fill('请补充核查');
  await context.clearCookies();
  await page.getByRole('button', { name: /^确认/ }).click();
  await page.waitForLoadState();
  const again = await page.getByRole('heading', { level: 1 }).innerText();
  assert.equal(again, '登录');
  await signIn(page, 'road-head');
  assert.equal(await page.getByLabel('理由', { exact: true }).inputValue(), '请补充核查');
  await context.close();
}

// A county's table: checked with mistakes, the marked file fetched, the right one checked and imported; then one act on many cases.
async function tables() {
  const { page, context } = await visitor('yanjiang');
  const check = async (file) => {
    await page.goto(`${base}/import`);
    await page.getByLabel('行政处罚信息', { exact: true }).check();
    await page.getByLabel('文件', { exact: true }).setInputFiles(`${process.env.XINXIU_FILES}/${file}`);
    await page.getByRole('button', { name: '检查表格' }).click();
    // The page of a check comes again by itself.
    await page.getByRole('heading', { name: /^(需要改正|可以导入)$/ }).waitFor();
    assert.deepEqual(await audited(page), []);
  };
  await check('penalties-yanjiang-with-mistakes.xlsx');
  assert.match(await page.getByRole('region', { name: '问题' }).innerText(), /C3[^]*K6[^]*R7/);
  const [marked] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '下载已标注的表格' }).click()]);
  assert.equal(marked.suggestedFilename(), 'marked.xlsx');
  await check('penalties-yanjiang.xlsx');
  await page.getByRole('button', { name: /^确认导入 5 行/ }).click();
  await page.getByRole('heading', { name: '已完成' }).waitFor();
  assert.deepEqual(await audited(page), []);
  await page.goto(`${base}/cases?process=PUBLICATION_RECORD`);
  await page.getByRole('link', { name: '全选' }).click();
  const ticked = await page.getByRole('checkbox', { name: /^选择 JL/, checked: true }).count();
  assert.ok(ticked >= 5, `${ticked} ticked`);
  await page.getByRole('button', { name: /^公示 / }).click();
  await page.waitForLoadState();
  assert.deepEqual(await audited(page), []);
  await page.getByRole('button', { name: /^确认公示/ }).click();
  await page.waitForLoadState();
  assert.match(await page.getByRole('status').innerText(), /^\d+ 件已办理$/);
  assert.deepEqual(await audited(page), []);
  await context.close();
}

// What another site could send: without the sign, with another origin, with a sign of another session.
async function foreign() {
  const { page, context } = await visitor('road');
  const cookies = (await context.cookies()).map((one) => `${one.name}=${one.value}`).join('; ');
  await page.goto(`${base}/desk`);
  const sign = await page.locator('input[name=sign]').first().inputValue();
  const post = async (body, origin) => (await fetch(`${base}/sign-out`, { method: 'POST', redirect: 'manual', body: new URLSearchParams(body), headers: { cookie: cookies, ...(origin ? { origin } : {}) } })).status;
  assert.equal(await post({}, base), 403);
  assert.equal(await post({ sign: 'x' }, base), 403);
  assert.equal(await post({ sign }, 'https://example.org'), 403);
  assert.equal(await post({ sign }, undefined), 403);
  await page.goto(`${base}/desk`);
  assert.match(page.url(), /desk$/);
  assert.equal(await post({ sign }, base), 303);
  await context.close();
}

// Another's case, another's paper, a wrong kind of file.
async function refused() {
  const { page, context } = await visitor('yanjiang');
  assert.equal((await page.goto(`${base}/cases/XF2026-000007`)).status(), 404);
  assert.equal((await page.goto(`${base}/papers/00000000-0000-7000-8000-000000000000`)).status(), 404);
  await context.close();
  const head = await visitor('road-head');
  await head.page.goto(`${base}/cases/XF2026-000007/grantRepairApplication`);
  await head.page.locator('input[type=file]').first().setInputFiles({ name: 'a.exe', mimeType: 'application/pdf', buffer: Buffer.from([0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0]) });
  await head.page.getByRole('button', { name: /^核对/ }).click();
  await head.page.waitForLoadState();
  assert.match(await head.page.getByRole('alert').innerText(), /不接受此类文件/);
  await head.context.close();
}

const jobs = [['signs in', signsIn], ['stays here', staysHere], ['foreign', foreign], ['refused', refused], ['lost', lost], ['tables', tables], ['stale', stale],
  ['repaired', () => repaired('JL2026-000003', {})], ['repaired without scripts', () => repaired('JL2026-000068', { javaScriptEnabled: false })]];
await run(jobs);
