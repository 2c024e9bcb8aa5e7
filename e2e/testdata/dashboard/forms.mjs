// How forms of the dashboard are filled in.
import assert from "node:assert/strict"
import { api, open, page } from "./browser.mjs"

// dialog is the one that is open, on top. What is in it is found by selectors: some of it
// is hidden from roles.
export const dialog = () => page.locator("[role=dialog]:has(button)").last()

// button returns the last button of the dialog with a text.
export const button = (text) => dialog().locator("button", { hasText: text }).last()

// fill types into the fields with these names.
export async function fill(values) {
  for (const [name, value] of Object.entries(values)) await dialog().locator(`[name="${name}"]`).first().fill(String(value))
}

// combobox returns the select or combobox after a label: selects have buttons, and
// comboboxes, in which one searches, inputs.
export const combobox = (label) => dialog().locator(`xpath=.//label[normalize-space(.)=${JSON.stringify(label)}]/following::*[@role="combobox"][1]`)

// pick chooses an option of the select or combobox after a label; the first one without a
// name.
export async function pick(label, option) {
  const box = combobox(label)
  await box.click()
  const found = page.locator('[role="option"]:visible', { hasText: option }).first()
  if (await box.evaluate((e) => e.tagName !== "INPUT")) return found.click()
  if (option) await box.fill(option)
  await found.waitFor()
  await found.dispatchEvent("click") // the list moves while it is filled
}

// next goes to the next page of the form.
export const next = (text = "Continue") => button(new RegExp(`^${text}$`)).click()

// cell types into a cell of a grid.
export async function cell(row, column, text) {
  await dialog().locator(`[data-row-index="${row}"][data-column-index="${column}"]`).click()
  await page.keyboard.type(text)
  await page.keyboard.press("Enter")
}

// check ticks the box of a row of a table.
export const check = (row) => dialog().locator("tr, [role=row]", { hasText: row }).locator("[role=checkbox]").first().click()

// choose chooses one of several boxes.
export const choose = (name) => dialog().locator("[role=radio]", { hasText: name }).first().click()

// id returns the id of the first record that a path finds.
export const id = async (path, key) => {
  const found = (await api(path))[key]
  assert.ok(found?.length, `${path} finds nothing`)
  return found[0].id
}

// save submits the form, and waits until its dialog is gone.
export async function save(text = /^(Save|Create|Publish)$/) {
  const before = page.url()
  await button(text).click()
  await page.waitForURL((url) => url.toString() !== before)
  await page.waitForLoadState("networkidle")
}

// saved opens a form, fills it in, saves it, and reads back what it has set.
export async function saved(path, values, from, key, want = values, more = async () => {}) {
  await open(path)
  await fill(values)
  await more()
  await save()
  await reads(from, key, want)
}

// reads asserts that a record has values: the first of a list, or the only one.
export async function reads(from, key, want) {
  const answer = (await api(from))[key]
  const record = Array.isArray(answer) ? answer[0] : answer
  assert.ok(record, `${from} has no ${key}`)
  for (const [path, value] of Object.entries(want)) assert.equal(path.split(".").reduce((o, k) => o?.[k], record), value, `${path} of ${JSON.stringify(record).slice(0, 300)}`)
}

// chips types values into the field after a label.
export async function chips(label, values) {
  await dialog().locator(`xpath=.//label[normalize-space(.)=${JSON.stringify(label)}]/following::input[1]`).click()
  for (const value of values) {
    await page.keyboard.type(value)
    await page.keyboard.press("Enter")
  }
}
