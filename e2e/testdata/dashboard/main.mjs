// Drives the admin dashboard in Chromium: opens every page, submits its forms, and reads
// back what they set. Every step is one line of output, which the Go test reads.
import { base, end, open, page, shot, step } from "./browser.mjs"
import { details } from "./details.mjs"
import { edits, orders } from "./edits.mjs"
import { pages } from "./pages.mjs"
import { products } from "./products.mjs"
import { rest } from "./rest.mjs"
import { selling } from "./selling.mjs"
import { simple } from "./simple.mjs"

const { DASHBOARD_EMAIL: email, DASHBOARD_PASSWORD: password, DASHBOARD_RESET: reset } = process.env

await step("log in", async () => {
  await page.goto(base + "/app/login")
  await page.fill("input[name=email]", email)
  await page.fill("input[name=password]", password)
  await page.click("button[type=submit]")
  await page.waitForURL(/app\/orders/)
}, 401)
await simple()
await edits()
await orders()
await products()
await selling()
await details({ email, reset })
await pages()
await rest({ email, password })
await end()
