// Drives the explorer in Chromium. Every step is one line of output, which the Go
// test reads.
import assert from "node:assert/strict"
import { execFileSync } from "node:child_process"
import { writeFileSync } from "node:fs"
import { chromium } from "playwright-core"

const { EXPLORER_URL: base, EXPLORER_TICKET: ticket, EXPLORER_EMAIL: email, EXPLORER_PASSWORD: password, EXPLORER_TOKEN: token } = process.env
const facts = JSON.parse(process.env.EXPLORER_FACTS) // of the shop: order, promotion, customer, markup, cart
const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
const report = (line) => process.stdout.write(JSON.stringify(line) + "\n")

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: flags })
const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, permissions: ["clipboard-read", "clipboard-write"] })
const page = await context.newPage()
await page.addInitScript(() => { // when the first box was there, by the page's clock
  new MutationObserver((_, o) => { if (document.querySelector(".box")) { window.boxAt = performance.now(); o.disconnect() } }).observe(document, { childList: true, subtree: true })
})
page.setDefaultTimeout(Number(process.env.EXPLORER_TIMEOUT) || 60000)

// What must not happen in any step.
const wrong = []
const expected = new Set() // statuses that a step asks for
page.on("pageerror", (e) => wrong.push(`an error of the page: ${e.message}`))
page.on("dialog", (d) => { wrong.push(`a dialog: ${d.message()}`); d.dismiss() })
page.on("console", (m) => { if (m.type() === "error" && !/Failed to load resource/.test(m.text())) wrong.push(`console: ${m.text()}`) })
page.on("request", (r) => { if (!r.url().startsWith(base) && !r.url().startsWith("data:")) wrong.push(`a request to ${r.url()}`) })
page.on("response", (r) => { if (r.status() >= 400 && !expected.has(r.status())) wrong.push(`status ${r.status()} of ${r.url()}`) })

let failed = false
async function step(name, act, ...statuses) {
  for (const s of statuses) expected.add(s)
  try {
    await act()
    assert.deepEqual(wrong, [])
    report({ step: name })
  } catch (e) {
    failed = true
    report({ step: name, error: e.message, stack: String(e.stack).split("\n").find((l) => /main\.mjs/.test(l)) || "" })
    if (process.env.EXPLORER_SHOTS) await page.screenshot({ path: `${process.env.EXPLORER_SHOTS}/failed.png` })
  }
  expected.clear()
  wrong.length = 0
}

const shot = async (name) => { if (process.env.EXPLORER_SHOTS) await page.screenshot({ path: `${process.env.EXPLORER_SHOTS}/${name}.png` }) }
const open = (hash) => page.goto(`${base}/explore#${hash}`)
const text = (selector) => page.textContent(selector)
// at opens a view and waits until it is there.
async function at(hash) {
  await open(hash)
  await page.waitForSelector({ "/map": ".box", "/ask": "#result[aria-busy=false]" }[hash] || "[data-edge=items] table")
}

const answered = () => page.waitForSelector("#result[aria-busy=false]")

// ask opens a question by its address and waits for the answer.
async function ask(request) {
  await page.goto(`${base}/explore#/map`)
  await open("/ask?q=" + encodeURIComponent(JSON.stringify(request)))
  await page.waitForFunction((want) => {
    const typed = document.getElementById("json")
    const r = typed && JSON.parse(typed.value)
    return r && JSON.stringify([r.entity, r.fields, r.filters]) === want
  }, JSON.stringify([request.entity, request.fields, request.filters]))
  await answered()
  await page.click("[data-answer=table]")
}

// query asks the API itself.
async function query(request) {
  const r = await fetch(`${base}/admin/query`, { method: "POST", headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" }, body: JSON.stringify(request) })
  return r.json()
}

// shownJSON is the answer as the page shows it.
async function shownJSON() {
  await page.click("[data-answer=json]")
  return JSON.parse(await text("#answer-json")).data
}

async function logIn() {
  await page.fill("#email", email)
  await page.fill("#password", password)
  await page.click("#login-form button[type=submit]")
  await page.waitForSelector("#login", { state: "hidden" })
}

await step("the root leads to the explorer, which asks for a login", async () => {
  await page.goto(base + "/")
  assert.equal(new URL(page.url()).pathname, "/explore")
  await page.waitForSelector("#login[open]")
  assert.match(await text("#login"), /gorgon user create --email/)
}, 401)

await step("a wrong password is refused in words", async () => {
  await page.fill("#email", email)
  await page.fill("#password", "not the password")
  await page.click("#login-form button[type=submit]")
  await page.waitForFunction(() => document.getElementById("login-error").textContent !== "")
  assert.match(await text("#login-error"), /wrong/)
}, 401)

await step("a login shows the map", async () => {
  await logIn()
  await page.waitForSelector(".box")
})

await step("a ticket logs in once", async () => {
  const other = await browser.newContext()
  const first = await other.newPage()
  await first.goto(`${base}/explore#ticket=${ticket}`)
  await first.waitForSelector(".box")
  assert.equal(first.url(), `${base}/explore#/map`)
  await other.clearCookies()
  await first.goto("about:blank")
  await first.goto(`${base}/explore#ticket=${ticket}`)
  await first.waitForSelector("#login[open]")
  assert.match(await first.textContent("#login-why"), /used before/)
  await other.close()
})

await step("the first view has the order module and the eight around it", async () => {
  await page.goto("about:blank")
  await open("/map")
  await page.waitForSelector(".box")
  report({ measured: "the map is there after the page", ms: await page.evaluate(() => window.boxAt - performance.getEntriesByType("navigation")[0].responseEnd) })
  const areas = await page.$$eval(".area text", (all) => all.map((t) => t.textContent).sort())
  for (const module of ["cart", "customer", "fulfillment", "order", "payment", "product", "promotion", "region", "sales_channel"]) assert.ok(areas.includes(module), `${module} in ${areas}`)
  await page.waitForFunction((n) => document.querySelector("[data-entity=order] .count").textContent === n, facts.orders.toLocaleString("en-US"))
  await shot("map")
})

const seed = [
  ["order", "customer", "customer_id", "read-only"], ["order", "cart", "order_cart", "stored"], ["order", "fulfillment", "order_fulfillment", "stored"],
  ["return", "fulfillment", "return_fulfillment", "stored"], ["order", "payment_collection", "order_payment_collection", "stored"],
  ["order_claim", "payment_collection", "order_claim_payment_collection", "stored"], ["order_exchange", "payment_collection", "order_exchange_payment_collection", "stored"],
  ["order_line_item", "product", "product_id", "read-only"], ["order_line_item", "variant", "variant_id", "read-only"], ["order", "promotion", "order_promotion", "stored"],
  ["order", "region", "region_id", "read-only"], ["order", "sales_channel", "sales_channel_id", "read-only"],
]
for (const [from, to, held, kind] of seed) {
  await step(`the map has the link of ${from} and ${to}`, async () => {
    const ends = [from, to]
    assert.ok(await page.$$eval(".hit", (all, ends) => all.filter((p) => ends.includes(p.dataset.from) && ends.includes(p.dataset.to)).length, ends) >= 1)
    const named = kind === "stored" ? held : `${from}.${held}`
    await page.click(`[data-link="${named}"]`)
    const panel = await text("#panel")
    assert.ok(panel.includes(`${kind} link`) && panel.includes(held), panel)
    await page.click("#panel button") // back to all links
  })
}

await step("a line is chosen by a click on the picture", async () => {
  const middle = await page.$eval(".hit[data-from=order][data-to=cart], .hit[data-from=cart][data-to=order]", (p) => {
    const m = p.getScreenCTM(), q = p.getPointAtLength(p.getTotalLength() / 2)
    return { x: q.x * m.a + m.e, y: q.y * m.d + m.f }
  })
  await page.mouse.click(middle.x, middle.y)
  assert.match(await text("#panel h2"), /order – cart/)
})

await step("a box is chosen by the keyboard alone", async () => {
  await page.focus("#find")
  await page.keyboard.type("claim")
  await page.keyboard.press("Enter")
  assert.match(await text("#panel h2"), /order_claim/)
  assert.match(await text("#panel"), /payment_collections/)
  await page.focus("#map, .map svg")
  const before = await page.getAttribute(".map svg", "viewBox")
  await page.keyboard.press("+")
  assert.notEqual(await page.getAttribute(".map svg", "viewBox"), before)
})

await step("everything is on the map", async () => {
  const start = Date.now()
  await page.selectOption("#around", "all")
  await page.waitForSelector("[data-entity=api_key]")
  report({ measured: "the map of everything is there", ms: Date.now() - start })
  assert.ok((await page.$$(".box")).length >= 90)
})

await step("a question is built by clicking", async () => {
  await open("/ask")
  await page.selectOption("#entity", "customer")
  await page.uncheck('[data-field="*"]')
  for (const field of ["id", "email"]) await page.check(`[data-field="${field}"]`)
  await page.click("[data-open=orders]")
  await page.check('[data-field="orders.$count"]')
  await page.click("[data-add=condition]")
  await page.fill("#filters [aria-label=Path]", "email")
  await page.press("#filters [aria-label=Path]", "Tab")
  await page.selectOption("#filters [aria-label=Operator]", "$ilike")
  await page.fill("#filters [aria-label=Value]", "%o%")
  const request = { entity: "customer", fields: ["id", "email", "orders.$count"], filters: { email: { $ilike: "%o%" } }, limit: 20, count: "estimated" }
  await answered()
  assert.ok((await text("#meta")).includes(`of ${(await query(request)).metadata.count} `))
  assert.deepEqual(JSON.parse(await page.inputValue("#json")), request)
  assert.deepEqual(await shownJSON(), (await query(request)).data)
  await page.click("[data-answer=table]")
  await shot("ask")
})

await step("a group about a list is built by clicking", async () => {
  await ask({ entity: "customer", fields: ["id"], limit: 20, count: "estimated" })
  await page.click("[data-add=records]")
  await page.fill("#filters [aria-label=Path]", "orders")
  await page.press("#filters [aria-label=Path]", "Tab")
  await page.selectOption('#filters [aria-label="Which records"]', "$none")
  await page.click("#filters .filters .filters [data-add=condition]")
  await page.fill("#filters .filters .filters [aria-label=Path]", "status")
  await page.press("#filters .filters .filters [aria-label=Path]", "Tab")
  await page.fill("#filters .filters .filters [aria-label=Value]", "pending")
  const filters = { orders: { $none: { status: "pending" } } }
  await page.waitForFunction((f) => JSON.stringify(JSON.parse(document.getElementById("json").value).filters) === f, JSON.stringify(filters))
  const want = await query({ entity: "customer", fields: ["id"], filters, limit: 20, count: true })
  await answered()
  assert.ok((await text("#meta")).includes(`of ${want.metadata.count} `))
})

await step("a ticked field answers at once", async () => {
  await ask({ entity: "order", fields: ["id"], limit: 20 })
  const start = await page.evaluate(() => new Promise((resolve) => {
    const start = performance.now()
    const seen = new MutationObserver(() => { if ([...document.querySelectorAll("#result th")].some((th) => th.textContent === "display_id")) { seen.disconnect(); resolve(performance.now() - start) } })
    seen.observe(document.getElementById("result"), { childList: true, subtree: true })
    document.querySelector('[data-field="display_id"]').click()
  }))
  report({ measured: "a ticked field is answered", ms: Math.round(start) })
})

for (const [name, request] of Object.entries({
  "a page of orders": { entity: "order", fields: ["id", "customer.email", "items.$count"], filters: { "payment_collections.status": ["completed", "authorized"], display_id: { $gt: 3 } }, order: ["-customer.email"], limit: 5 },
  "quotes and groups": { entity: "customer", fields: ["id"], filters: { $or: [{ first_name: facts.markup }, { last_name: "O'Neil" }] }, limit: 5 },
})) {
  for (const kind of ["curl", "gorgon"]) {
    await step(`the ${kind} line answers the same: ${name}`, async () => {
      await ask(request)
      const want = await shownJSON()
      await page.click(`[data-code=${kind}]`)
      await page.click("#copy")
      const line = await page.evaluate(() => navigator.clipboard.readText())
      assert.equal(line, await text("#code-text"))
      const out = execFileSync("bash", ["-c", kind === "gorgon" ? line.replace("gorgon query", "gorgon query --json") : line], { env: { ...process.env, TOKEN: token }, encoding: "utf8" })
      assert.deepEqual(JSON.parse(out).data, want)
      await page.click("[data-code=json]")
    })
  }
}

await step("code for Go and the SDK", async () => {
  await ask({ entity: "order", fields: ["id", "customer.email", "items.title", "items.$count"], filters: { status: "pending" }, limit: 5 })
  await page.click("[data-code=go]")
  const go = await text("#code-text")
  for (const part of ["Customer *struct", "Items []struct", "query.List[Order](", "`json:\"items.$count\"`", "query.Where(query.Filters{\"status\": \"pending\"})"]) assert.ok(go.includes(part), `${part} in ${go}`)
  await page.click("[data-code=json]")
  await ask({ entity: "order", fields: ["*", "items.*", "items.$sum.quantity", "customer.orders.id", "fulfillments"], filters: { $or: [{ display_id: { $gt: 3 } }, { "items.unit_price": [1.5, 2] }] }, order: ["-created_at"], lists: { items: { limit: 2 } }, limit: 5 })
  await page.click("[data-code=go]")
  writeFileSync(process.env.EXPLORER_GO, JSON.stringify([go, await text("#code-text")]))
  await page.click("[data-code=js]")
  assert.match(await text("#code-text"), /sdk\.client\.fetch\("\/admin\/query"/)
  await page.click("[data-code=json]")
})

await step("JSON is typed with completion", async () => {
  await ask({ entity: "order", fields: ["id"], limit: 3 })
  await page.fill("#json", '{"entity": "order", "fields": ["customer.ema')
  await page.waitForSelector(".suggest li")
  await page.keyboard.press("Tab")
  await page.keyboard.type('"], "limit": 3}')
  await page.waitForFunction(() => [...document.querySelectorAll("#result th")].some((th) => th.textContent === "customer.email"))
})

// Questions whose meaning a builder could change: what is sent is what was typed.
for (const filters of [
  { "items.quantity": { $gte: 3, $lte: 1 } }, { items: { $count: { $gte: 3, $lt: 5 } } }, { fulfillments: {} }, { $not: { returns: {} } }, { $or: [] }, { $or: [{}, { status: "canceled" }] }, { $not: {} },
  { customer: { $not: {} } }, { metadata: { null: 1 } }, { status: ["pending", null] }, { locale: { $ne: null } }, { "metadata.zip": "01234" }, { $and: [{ status: "pending" }, { status: { $eq: "pending" } }] },
  { items: { $some: { unit_price: { $gt: 1 } }, $none: { quantity: 9 } } }, { email: { $nin: ["a, b", "true"] } }, { "payment_collections.status": "completed", q: "12" },
]) {
  await step(`the builder keeps ${JSON.stringify(filters)}`, async () => {
    await ask({ entity: "order", fields: ["id"], filters, limit: 3, count: true })
    const request = () => page.evaluate(() => JSON.parse(decodeURIComponent(location.hash.split("q=")[1])))
    assert.deepEqual((await request()).filters, filters)
    await page.check('[data-field="email"]')
    await answered()
    assert.deepEqual((await request()).filters, filters)
  }, 400)
}

await step("a change of an operator keeps the value, and text stays text", async () => {
  await ask({ entity: "order", fields: ["id"], filters: { "metadata.zip": "01234", email: "5" }, limit: 3 })
  await page.selectOption("#filters [aria-label=Operator] >> nth=0", "$ne")
  await answered()
  assert.deepEqual(JSON.parse(await page.inputValue("#json")).filters, { "metadata.zip": { $ne: "01234" }, email: "5" })
  await page.fill("#filters [aria-label=Value] >> nth=0", "1234")
  await page.fill("#filters [aria-label=Value] >> nth=1", "6")
  await answered()
  assert.deepEqual(JSON.parse(await page.inputValue("#json")).filters, { "metadata.zip": { $ne: 1234 }, email: "6" })
  await page.fill("#filters [aria-label=Value] >> nth=0", '"1234"')
  await answered()
  assert.deepEqual(JSON.parse(await page.inputValue("#json")).filters["metadata.zip"], { $ne: "1234" })
})

await step("what was typed is sent with all its digits, and kept while it is not finished", async () => {
  await ask({ entity: "order", fields: ["id"], limit: 3 })
  const sent = page.waitForRequest((r) => r.url().endsWith("/admin/query") && r.postData().includes("9007199254740993"))
  await page.fill("#json", '{"entity": "order", "fields": ["id"], "filters": {"display_id": 9007199254740993}}')
  await sent
  await answered()
  await page.fill("#json", '{"entity": "order", "fiel')
  await page.click("[data-code=curl]")
  await page.click("[data-code=json]")
  assert.equal(await page.inputValue("#json"), '{"entity": "order", "fiel')
  await page.check('[data-field="email"]')
  await page.click("#restore")
  assert.equal(await page.inputValue("#json"), '{"entity": "order", "fiel')
})

await step("the focus stays in the filters", async () => {
  await ask({ entity: "order", fields: ["id"], limit: 3 })
  await page.click("[data-add=condition]")
  await page.keyboard.type("email")
  await page.keyboard.press("Tab")
  await page.keyboard.press("Tab")
  await page.keyboard.type("x@y.z")
  await answered()
  assert.deepEqual(JSON.parse(await page.inputValue("#json")).filters, { email: "x@y.z" })
})

await step("the login does not go away by itself", async () => {
  await context.clearCookies()
  await page.check('[data-field="email"]')
  await page.waitForSelector("#login[open]")
  await page.keyboard.press("Escape")
  await page.keyboard.press("Escape")
  await page.waitForSelector("#login[open]")
  await logIn()
  await answered()
}, 401)

await step("the server's error is shown at the place that it names", async () => {
  await page.fill("#json", '{\n  "entity": "order",\n  "fields": ["id", "customer.emial"]\n}')
  await page.waitForSelector("#error-text")
  assert.match(await text("#error-text"), /did you mean/)
  assert.match(await text("#error-place"), /line 3/)
  await page.click("#error-place")
  const chosen = await page.evaluate(() => { const t = document.getElementById("json"); return t.value.slice(t.selectionStart, t.selectionEnd) })
  assert.match(chosen, /emial/)
}, 400)

await step("text that is no JSON keeps what was typed", async () => {
  await page.fill("#json", '{"entity": ')
  await page.waitForFunction(() => /not JSON yet/.test(document.getElementById("error").textContent))
  assert.equal(await page.inputValue("#json"), '{"entity": ')
}, 400)

await step("a question is explained", async () => {
  await ask({ entity: "order", fields: ["id", "customer.email"], limit: 3 })
  await page.click("[data-answer=explain]")
  await page.waitForSelector("#sql")
  assert.match(await text("#sql"), /SELECT/)
  assert.match(await text("#plan"), /customer/)
  await page.click("[data-answer=table]")
})

await step("questions are saved, and shared by their address", async () => {
  const address = page.url()
  await open("/map")
  await page.goto("about:blank")
  await page.goto(address)
  await answered()
  assert.equal(page.url(), address)
  await page.click("#saved summary >> text=History")
  assert.ok((await page.$$("#saved li")).length > 2)
})

await step("a large answer is shown in parts", async () => {
  await ask({ entity: "order", fields: ["*", "items.*", "shipping_address.*", "billing_address.*", "customer.*"], limit: 10000 })
  assert.ok((await page.$$("#result > div > .scroll > table > tbody > tr")).length <= 200)
})

await step("an order's page has all that it is linked to", async () => {
  await open(`/record/order/${facts.order}`)
  await page.waitForSelector("[data-edge=sales_channel]")
  const edges = await page.$$eval("[data-edge]", (all) => all.map((e) => e.dataset.edge))
  assert.deepEqual(edges.slice(0, 11), ["customer", "cart", "items", "promotions", "payment_collections", "fulfillments", "returns", "claims", "exchanges", "region", "sales_channel"])
  await page.waitForSelector("[data-edge=items] a[href*='/record/product/']")
  await page.waitForSelector("[data-edge=items] a[href*='/record/variant/']")
  await shot("record")
})

await step("a link is made and dismissed, and its history kept", async () => {
  const total = () => text("[data-total=promotions]")
  const before = Number(await total())
  await page.click("[data-edge=promotions] summary")
  await page.fill("[data-link-id=promotions]", facts.promotion)
  await page.click('[data-do="link promotions"]')
  await page.waitForFunction((n) => document.querySelector("[data-total=promotions]").textContent === n, String(before + 1))
  await page.click("[data-edge=promotions] > details > summary")
  await page.fill("[data-link-id=promotions]", facts.promotion)
  await page.click('[data-do="dismiss promotions"]')
  await page.waitForFunction((n) => document.querySelector("[data-total=promotions]").textContent === n, String(before))
  await page.click("text=History of its links")
  await page.waitForSelector("#history tr")
  const rows = await page.$$eval("#history tbody tr", (all) => all.map((tr) => tr.textContent))
  assert.ok(rows.some((r) => r.includes(facts.promotion)), rows.join("\n"))
})

await step("a link that cannot be is refused in words", async () => {
  await page.click("[data-edge=cart] summary")
  await page.fill("[data-link-id=cart]", facts.cart)
  await page.click('[data-do="link cart"]')
  await page.waitForFunction(() => document.querySelector("[data-edge=cart] [role=alert]").textContent !== "")
  assert.match(await text("[data-edge=cart] [role=alert]"), /cart/)
  await page.fill("[data-link-id=cart]", "cart_of_nobody")
  await page.click('[data-do="link cart"]')
  await page.waitForFunction(() => /cart_of_nobody/.test(document.querySelector("[data-edge=cart] [role=alert]").textContent))
}, 400, 404, 409)

await step("markup in data is text", async () => {
  await open(`/record/customer/${facts.customer}`)
  await page.waitForFunction((t) => document.getElementById("main").textContent.includes(t), facts.markup)
  await ask({ entity: "customer", fields: ["id", "first_name", "metadata"], filters: { id: facts.customer } })
  assert.ok((await text("#result")).includes(facts.markup))
  await page.click("[data-answer=json]")
  assert.equal(await page.$$eval("main img, main script, main b[data-evil]", (all) => all.length), 0)
  await page.click("[data-answer=table]")
})

await step("odd ids and entities that are unknown are said plainly", async () => {
  await open("/record/order/" + encodeURIComponent(`"'\n<b>‮`))
  await page.waitForFunction(() => /no such record/.test(document.getElementById("main").textContent))
  await open("/record/spaceship/1")
  await page.waitForFunction(() => /no entity/.test(document.getElementById("main").textContent))
})

await step("a session that ends loses nothing that was typed", async () => {
  await ask({ entity: "customer", fields: ["id"], limit: 2 })
  await context.clearCookies()
  await page.check('[data-field="email"]')
  await page.waitForSelector("#login[open]")
  await logIn()
  await page.waitForFunction(() => [...document.querySelectorAll("#result th")].some((th) => th.textContent === "email"))
  assert.deepEqual(JSON.parse(await page.inputValue("#json")).fields, ["id", "email"])
}, 401)

await step("a server that goes away and comes back", async () => {
  await context.setOffline(true)
  await page.click("#run")
  await page.waitForFunction(() => /does not answer/.test(document.getElementById("error").textContent))
  await context.setOffline(false)
  await page.click("#run")
  await page.waitForFunction(() => document.getElementById("error").textContent === "")
  await answered()
  assert.equal(await text("#error"), "")
})

await step("dark mode", async () => {
  const color = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const light = await color()
  await page.emulateMedia({ colorScheme: "dark" })
  assert.notEqual(await color(), light)
  await open("/map/order")
  await page.waitForSelector(".box")
  await shot("dark")
  await page.emulateMedia({ colorScheme: "light" })
})

for (const [width, height] of [[390, 844], [3840, 2160]]) {
  await step(`${width} pixels`, async () => {
    await page.setViewportSize({ width, height })
    for (const hash of ["/map", "/ask", `/record/order/${facts.order}`]) {
      await at(hash)
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      assert.ok(overflow <= 0, `${hash} is ${overflow} pixels too wide`)
    }
    await shot(`w${width}`)
  })
}

await step("controls have names", async () => {
  for (const hash of ["/map", "/ask", `/record/order/${facts.order}`]) {
    await at(hash)
    const nameless = await page.$$eval("button, input, select, textarea, a", (all) => all.filter((e) => !(e.textContent.trim() || e.getAttribute("aria-label") || e.closest("label") || e.placeholder)).map((e) => e.outerHTML))
    assert.deepEqual(nameless, [])
  }
})

await browser.close()
report({ done: true })
process.exit(failed ? 1 : 0)
