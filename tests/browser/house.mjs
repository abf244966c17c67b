// What both judges share: the browser, signing in, what a page may not do.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

export const base = process.env.XINXIU_CONSOLE;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const flags = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--lang=zh-CN'];

export const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: flags });

const houses = [];
// What pages did that no page may do, since it was asked last.
export const misdeeds = () => houses.flatMap(({ login, faults }) => faults.splice(0).map((fault) => `${login || 'public'}: ${fault}`));

// A browser of its own, signed in where an account is named; what it does that no page may do is collected.
export async function visitor(login, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN', ...options });
  const faults = [];
  houses.push({ login, faults });
  await context.addInitScript(() => addEventListener('securitypolicyviolation', (one) => console.error(`policy: ${one.violatedDirective} ${one.blockedURI} ${one.sample}`)));
  await context.route('**', (route) => {
    if (new URL(route.request().url()).origin === base) return route.continue();
    faults.push(`another origin: ${route.request().url()}`);
    return route.abort();
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15000);
  page.on('pageerror', (error) => faults.push(`script: ${error.message}`));
  // The browser itself reports every answer of 400 and more; those are judged by their status.
  page.on('console', (message) => { if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) faults.push(`console: ${message.text()}`); });
  if (login) await signIn(page, login);
  return { context, page, faults };
}

export async function signIn(page, login, password = 'demo-city-2026') {
  if (!(await page.getByLabel('密码').count())) await page.goto(`${base}/sign-in`);
  await page.getByLabel('用户名').fill(login);
  await page.getByLabel('密码').fill(password);
  await page.getByRole('button', { name: '登录' }).click();
  await page.waitForLoadState();
}

export async function audited(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] }));
  return found.violations.map((one) => `axe ${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 120)).join(' | ')}`);
}

// Runs jobs one after another; each must leave no misdeed behind. JOURNEY=name runs one.
export async function run(jobs) {
  const only = process.env.JOURNEY;
  let wrong = 0;
  for (const [name, job] of jobs.filter(([name]) => !only || name === only)) {
    const begun = Date.now();
    try {
      await job();
      const found = misdeeds();
      if (found.length) throw new Error(found.join('\n'));
      console.log(`journey ${name}: done in ${((Date.now() - begun) / 1000).toFixed(1)} s`);
    } catch (fault) {
      wrong += 1;
      misdeeds();
      const where = (fault.stack || '').split('\n').filter((line) => /(journeys|hands)\.mjs/.test(line)).slice(0, 3).join('\n');
      console.log(`journey ${name}: ${fault.message.slice(0, 900)}\n${where}`);
    }
  }
  await browser.close();
  process.exit(wrong ? 1 : 0);
}
