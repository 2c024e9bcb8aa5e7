// The browser, and what must not happen in any step.
import assert from "node:assert/strict"
import { chromium } from "playwright-core"

export const base = process.env.DASHBOARD_URL
const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
export const report = (line) => process.stdout.write(JSON.stringify(line) + "\n")

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: flags })
const context = await browser.newContext({ viewport: { width: 1400, height: 1000 } })
context.setDefaultTimeout(Number(process.env.DASHBOARD_TIMEOUT) || 60000)
export let page

// Flags of countries come from elsewhere: the dashboard names the host.
await context.route(/flag-icons/, (r) => r.fulfill({ contentType: "image/svg+xml", body: "<svg xmlns='http://www.w3.org/2000/svg'/>" }))

const wrong = []
const expected = new Set() // statuses that a step asks for
// What the dashboard itself says to whoever writes it.
const notOurs = /Failed to load resource|DialogTitle|aria-describedby|validateDOMNesting|React Router Future/

// renew takes another tab: what the dashboard keeps in one grows.
export async function renew() {
  const before = page
  page = await context.newPage()
  page.on("pageerror", (e) => { if (!(expected.has(401) && e.message === "Unauthorized" || expected.has(404) && / is to come: /.test(e.message))) wrong.push(`an error of the page: ${e.message}`) })
  page.on("console", (m) => { if (m.type() === "error" && !notOurs.test(m.text())) wrong.push(`console: ${m.text().slice(0, 500)}`) })
  page.on("request", (r) => { if (!r.url().startsWith(base) && !/^(data|blob):|flag-icons/.test(r.url())) wrong.push(`a request to ${r.url()}`) })
  page.on("response", async (r) => {
    if (r.status() < 400 || expected.has(r.status())) return
    wrong.push(`status ${r.status()} of ${r.request().method()} ${r.url()} ${r.request().postData() ?? ""} ${await r.text().catch(() => "")}`)
  })
  await before?.close()
}
await renew()

let failed = false
const only = process.env.DASHBOARD_ONLY && new RegExp(process.env.DASHBOARD_ONLY)

// step does one thing in the browser. Nothing may go wrong on the way, but for answers
// with the statuses.
export async function step(name, act, ...statuses) {
  if (only && name !== "log in" && !only.test(name)) return
  for (const s of statuses) expected.add(s)
  try {
    await act()
    await page.waitForLoadState("networkidle")
    const text = await page.evaluate(() => document.body.innerText)
    assert.doesNotMatch(text, /An unexpected error|unexpected error occurred|Something went wrong/)
    assert.equal(wrong.length, 0)
    report({ step: name })
  } catch (e) {
    failed = true
    report({ step: name, error: [e.message, ...wrong].join("\n"), stack: String(e.stack).split("\n").filter((l) => /\.mjs:/.test(l)).join("\n") })
    await shot("failed-" + name.replaceAll(/[^a-z0-9]+/g, "-"))
  }
  expected.clear()
  wrong.length = 0
}

export const shot = async (name) => { if (process.env.DASHBOARD_SHOTS) await page.screenshot({ path: `${process.env.DASHBOARD_SHOTS}/${name}.png` }) }

let opened = 0

// open opens a view of the dashboard.
export async function open(path) {
  if (++opened % 20 === 0) await renew()
  await page.goto(base + "/app" + path)
  await page.waitForLoadState("networkidle")
}

// api asks the server with the session of the dashboard.
export const api = (path, method = "GET") => page.evaluate(async ([path, method]) => (await fetch(path, { method })).json(), [path, method])

export async function end() {
  await browser.close()
  report({ done: true })
  process.exit(failed ? 1 : 0)
}
