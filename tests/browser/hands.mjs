// How people go about it: by keyboard alone, with impatient clicks, with words that look like a script, from summary to field.
import { strict as assert } from 'node:assert';
import { audited, base, run, signIn, visitor } from './house.mjs';

// Presses Tab until the element that a person looks for has the focus, and says whether each stop can be seen.
async function tabTo(page, name, most = 120) {
  for (let step = 0; step < most; step += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const at = document.activeElement;
      const box = at.getBoundingClientRect();
      const style = getComputedStyle(at);
      return { name: (at.getAttribute('aria-label') || at.labels?.[0]?.innerText || at.innerText || '').trim(), seen: box.width > 0 && box.height > 0 && box.left + box.width > 0, ring: style.outlineStyle !== 'none' || style.boxShadow !== 'none', tag: at.tagName };
    });
    if (stop.tag === 'BODY') continue;
    assert.ok(stop.ring && stop.seen, `the focus on ${stop.tag} ${stop.name} cannot be seen`);
    if (name.test(stop.name)) return;
  }
  assert.fail(`${name} is not reached by Tab at ${page.url()}`);
}

async function press(page, key) {
  await Promise.all([page.waitForNavigation(), page.keyboard.press(key)]);
}

// From the sign-in page to a taken act, without a mouse.
async function keyboard() {
  const { page, context } = await visitor('');
  await page.goto(`${base}/sign-in`);
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.innerText), '跳到正文');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'main');
  await tabTo(page, /^用户名/);
  await page.keyboard.type('policy-2');
  await page.keyboard.press('Tab');
  await page.keyboard.type('demo-city-2026');
  await press(page, 'Enter');
  await tabTo(page, /^认领 /);
  const row = await page.evaluate(() => document.activeElement.getAttribute('aria-label').split(' ')[1]);
  await press(page, 'Enter');
  await tabTo(page, new RegExp(`^退回 ${row}`));
  await press(page, 'Enter');
  await tabTo(page, new RegExp(`^${row}$`));
  await press(page, 'Enter');
  assert.match(page.url(), new RegExp(`/cases/${row}$`));
  await tabTo(page, /状态不变|转为/);
  await press(page, 'Enter');
  assert.match(page.url(), new RegExp(`/cases/${row}/[a-zA-Z]+$`));
  await tabTo(page, /^(确认：|核对)/);
  await press(page, 'Enter');
  assert.ok((await page.getByRole('alert').count()) || (await page.getByRole('heading', { name: /^核对/ }).count()) || (await page.getByRole('status').count()), page.url());
  if (await page.getByRole('alert').count()) {
    assert.ok(await page.evaluate(() => document.activeElement.hasAttribute('data-errors')), 'the summary has the focus');
    assert.match(await page.title(), /^错误：/);
    await tabTo(page, /./);
    await page.keyboard.press('Enter');
    assert.match(page.url(), /#./);
  }
  await context.close();
}

// Nothing typed is answered by a summary; each of its links leads to the field it is about, in both languages.
async function summary() {
  const company = await visitor('company');
  for (const [language, send] of [['zh', /^确认/], ['en', /^(Confirm|Check)/]]) {
    await company.page.goto(`${base}/cases/JL2026-000003/openRepairApplication?lang=${language}`);
    const [answer] = await Promise.all([company.page.waitForNavigation(), company.page.getByRole('button', { name: send }).click()]);
    assert.equal(answer.status(), 422);
    assert.deepEqual(await audited(company.page), []);
    const links = company.page.getByRole('alert').getByRole('link');
    assert.ok((await links.count()) >= 2, `${await links.count()} links`);
    for (const link of await links.all()) {
      const words = await link.innerText();
      await link.click();
      const at = await company.page.evaluate(() => {
        const aim = document.getElementById(decodeURIComponent(location.hash.slice(1)));
        const box = aim?.getBoundingClientRect();
        return { there: Boolean(aim), seen: Boolean(box) && box.bottom > 0 && box.top < innerHeight, id: aim?.id };
      });
      assert.ok(at.there && at.seen, `${words} leads to ${company.page.url()}`);
      // The next thing that Tab reaches stands inside the field.
      await company.page.keyboard.press('Tab');
      const inside = await company.page.evaluate((id) => { const aim = document.getElementById(id); return aim.contains(document.activeElement) || document.activeElement.compareDocumentPosition(aim) & Node.DOCUMENT_POSITION_PRECEDING; }, at.id);
      assert.ok(inside, `${words}: Tab does not go on from the field`);
    }
  }
  await company.context.close();
}

// Two clicks at once are one act, with the script and without it.
async function twice() {
  for (const javaScriptEnabled of [true, false]) {
    const { page, context } = await visitor('road', { javaScriptEnabled });
    await page.goto(`${base}/cases/XF2026-000005`);
    const before = await page.getByRole('region').or(page.getByRole('list')).count();
    assert.ok(before > 0);
    await context.close();
  }
}

// Words that look like a script stay words, wherever they are shown again.
async function words() {
  const script = `"><script>document.title='taken'</script><img src=x onerror="document.title='taken'">`;
  const stranger = await visitor('');
  await stranger.page.goto(`${base}/?q=${encodeURIComponent(script)}`);
  assert.equal(await stranger.page.getByRole('searchbox').inputValue(), script);
  assert.notEqual(await stranger.page.title(), 'taken');
  await signIn(stranger.page, script.slice(0, 60), 'x');
  assert.equal(await stranger.page.getByLabel('用户名').inputValue(), script.slice(0, 60));
  await stranger.context.close();
  const officer = await visitor('road');
  for (const path of ['/cases?q=', '/cases?process=', '/desk?process=', '/desk?queue=', '/cases?office=']) {
    await officer.page.goto(`${base}${path}${encodeURIComponent(script)}`);
    assert.notEqual(await officer.page.title(), 'taken');
  }
  await officer.context.close();
}

// The password of one's own is changed, and every other session of the account has ended.
async function password() {
  const [own, other] = [await visitor('lezhi'), await visitor('lezhi')];
  const change = async (current, fresh, again) => {
    await own.page.goto(`${base}/password`);
    await own.page.getByLabel('现用密码').fill(current);
    await own.page.getByLabel('新密码', { exact: true }).fill(fresh);
    await own.page.getByLabel('再输一次新密码').fill(again);
    const [answer] = await Promise.all([own.page.waitForNavigation(), own.page.getByRole('button', { name: '修改密码' }).click()]);
    return answer.status();
  };
  assert.equal(await change('demo-city-2026', 'a long new password', 'another long password'), 422);
  assert.deepEqual(await audited(own.page), []);
  assert.equal(await change('wrong', 'a long new password', 'a long new password'), 422);
  assert.equal(await change('demo-city-2026', 'short', 'short'), 422);
  assert.equal(await change('demo-city-2026', 'a long new password 7', 'a long new password 7'), 200);
  assert.match(await own.page.getByRole('status').innerText(), /密码已修改/);
  await other.page.goto(`${base}/desk`);
  assert.match(other.page.url(), /sign-in/);
  for (const one of [own, other]) await one.context.close();
}

// The board of words at 200 % and in forced colours: nothing is lost.
async function large() {
  for (const options of [{ viewport: { width: 683, height: 384 } }, { forcedColors: 'active' }, { reducedMotion: 'reduce' }]) {
    const { page, context } = await visitor('road', options);
    for (const path of ['/desk', '/cases/XF2026-000003', '/cases/XF2026-000003/askRepairSupplement']) {
      await page.goto(base + path);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(over <= 0, `${path} scrolls sideways by ${over} with ${JSON.stringify(options)}`);
    }
    await context.close();
  }
}

await run([['keyboard', keyboard], ['summary', summary], ['words', words], ['password', password], ['large', large]]);
