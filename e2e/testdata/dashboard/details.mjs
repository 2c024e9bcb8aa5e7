// The forms on the pages of records: budgets, taxes of products and provinces, options,
// places, prices.
import assert from "node:assert/strict"
import { api, base, open, page, renew, step } from "./browser.mjs"
import { button, cell, check, combobox, dialog, fill, id, pick, reads, save, saved } from "./forms.mjs"

const norway = () => id("/admin/tax-regions?country_code=no&parent_id=null", "tax_regions")
const list = () => id("/admin/price-lists?q=days", "price_lists")
const pole = () => id("/admin/inventory-items?sku=POLE-1", "inventory_items")

async function taxes() {
  await step("add a tax rate to a region", async () => {
    await open("/settings/tax-regions/create")
    await pick("Country", "Iceland")
    await pick("Tax provider", "System")
    await save()
    const iceland = await id("/admin/tax-regions?country_code=is", "tax_regions")
    await saved(`/settings/tax-regions/${iceland}/tax-rates/create`, { name: "Icelandic", rate: 24, code: "is-24" }, "/admin/tax-rates?code=is-24", "tax_rates", { rate: 24, is_default: true })
  })
  await step("tax a product otherwise", async () => {
    await open(`/settings/tax-regions/${await norway()}/overrides/create`)
    await fill({ name: "Hammocks", rate: 5, code: "no-5" })
    await dialog().getByText("Search for products").last().click()
    await check("Hammock")
    await button(/^Save$/).click()
    await page.getByRole("row", { name: /Hammock/ }).waitFor({ state: "detached" })
    await save()
    await reads("/admin/tax-rates?code=no-5&fields=*rules", "tax_rates", { rate: 5, "rules.0.reference": "product" })
  })
  await step("change the override of a tax", async () => {
    const rate = await id("/admin/tax-rates?code=no-5", "tax_rates")
    await saved(`/settings/tax-regions/${await norway()}/overrides/${rate}/edit`, { name: "Hammocks and chairs", rate: 6 }, `/admin/tax-rates/${rate}`, "tax_rate", { name: "Hammocks and chairs", rate: 6 })
  })
  await step("add a province to a tax region", async () => {
    await saved(`/settings/tax-regions/${await norway()}/provinces/create`, { province_code: "no-03", name: "Oslo", rate: 1, code: "no-oslo" }, "/admin/tax-regions?province_code=no-03", "tax_regions", { country_code: "no", parent_id: await norway() })
    await reads("/admin/tax-rates?code=no-oslo", "tax_rates", { rate: 1, is_default: true })
  })
}

async function selling() {
  await step("change the dates of a campaign", async () => {
    const sale = await id("/admin/campaigns?q=Summer sale", "campaigns") // one that has dates: the form knows no campaign without
    await open(`/campaigns/${sale}/configuration`)
    await dialog().locator("[role=spinbutton]").nth(8).click()
    await page.keyboard.type("2027")
    await save()
    assert.match(JSON.stringify((await api(`/admin/campaigns/${sale}`)).campaign), /"(starts|ends)_at":"2027-/)
  })
  await step("limit the budget of a campaign", async () => {
    await open("/campaigns/create")
    await fill({ name: "Limited", campaign_identifier: "limited-26", description: "Few" })
    await dialog().locator("[role=radio]", { hasText: "Usage" }).first().click()
    await fill({ "budget.limit": 20 })
    await save()
    const limited = await id("/admin/campaigns?campaign_identifier=limited-26", "campaigns")
    await reads(`/admin/campaigns/${limited}`, "campaign", { "budget.type": "usage", "budget.limit": 20 })
    await saved(`/campaigns/${limited}/edit-budget`, { limit: 30 }, `/admin/campaigns/${limited}`, "campaign", { "budget.limit": 30 })
  })
  await step("add a promotion to another campaign", async () => {
    const promotion = await id("/admin/promotions?code=LEAVES15", "promotions")
    await open(`/promotions/${promotion}/add-to-campaign`)
    await pick("Campaign", "Limited")
    await save()
    await reads(`/admin/promotions/${promotion}`, "promotion", { "campaign.campaign_identifier": "limited-26" })
  })
  await step("change the dates of a price list", async () => {
    await open(`/price-lists/${await list()}/configuration`)
    await save()
  })
  await step("change the prices of a price list", async () => {
    await open(`/price-lists/${await list()}/products/edit?ids[]=${await id("/admin/products?handle=hammock", "products")}`)
    await cell(1, 1, "37")
    await save()
    await reads(`/admin/price-lists/${await list()}?fields=*prices`, "price_list", { "prices.0.amount": 37 })
  })
  await step("add products to a price list", async () => {
    const before = (await api(`/admin/price-lists/${await list()}?fields=*prices`)).price_list.prices.length
    await open(`/price-lists/${await list()}/products/add`)
    await dialog().locator("tbody tr [role=checkbox]:enabled").nth(1).click()
    await button(/^Continue$/).click()
    await cell(1, 1, "21")
    await save()
    assert.ok((await api(`/admin/price-lists/${await list()}?fields=*prices`)).price_list.prices.length > before)
  })
}

async function stock() {
  await step("stock an item elsewhere", async () => {
    await open(`/inventory/${await pole()}/locations`)
    await dialog().locator("[role=checkbox]").nth(1).click()
    await save()
    assert.ok((await api(`/admin/inventory-items/${await pole()}/location-levels`)).inventory_levels.length > 1)
  })
  await step("change the stock of an item", async () => {
    const level = (await api(`/admin/inventory-items/${await pole()}/location-levels`)).inventory_levels[0]
    await saved(`/inventory/${await pole()}/locations/${level.location_id}`, { stocked_quantity: 31 },
      `/admin/inventory-items/${await pole()}/location-levels?location_id=${level.location_id}`, "inventory_levels", { stocked_quantity: 31 })
  })
}

async function places() {
  await step("add a country to a region", async () => {
    const region = await id("/admin/regions?name=The North", "regions")
    await open(`/settings/regions/${region}/countries/add`)
    await dialog().getByPlaceholder("Search").fill("Iceland")
    await check("Iceland")
    await save("Add")
    assert.ok((await api(`/admin/regions/${region}?fields=*countries`)).region.countries.some((c) => c.iso_2 === "is"))
  })
  const zone = async () => {
    const { id: location, fulfillment_sets: [set] } = (await api("/admin/stock-locations?name=Warehouse Lyon&fields=*fulfillment_sets,*fulfillment_sets.service_zones")).stock_locations[0]
    const found = set.service_zones.find((z) => /North/.test(z.name))
    return { found, view: `/settings/locations/${location}/fulfillment-set/${set.id}/service-zone/${found.id}`, read: `/admin/fulfillment-sets/${set.id}/service-zones/${found.id}` }
  }
  await step("change a service zone", async () => {
    const { view, read } = await zone()
    await saved(`${view}/edit`, { name: "North Sea and islands" }, read, "service_zone")
  })
  await step("change the areas of a service zone", async () => {
    const { view, read } = await zone()
    await open(`${view}/areas`)
    await button("Manage areas").click()
    await dialog().locator("input[type=search]").fill("Iceland")
    await check("Iceland")
    await button(/^Save$/).click()
    await page.locator("[role=dialog] input[type=search]").waitFor({ state: "detached" })
    await save()
    const zones = (await api(`${read}?fields=*geo_zones`)).service_zone.geo_zones.map((z) => z.country_code).sort()
    assert.deepEqual(zones, ["is", "no"])
  })
  await step("change a shipping option and its prices", async () => {
    const { view } = await zone()
    const option = await id("/admin/shipping-options?q=By ship", "shipping_options")
    await saved(`${view}/shipping-option/${option}/edit`, { name: "By ferry" }, `/admin/shipping-options/${option}`, "shipping_option")
    await open(`${view}/shipping-option/${option}/pricing`)
    await cell(0, 1, "14")
    await save()
    await reads(`/admin/shipping-options/${option}?fields=*prices`, "shipping_option", { "prices.0.amount": 14 })
  })
}

async function assigned() {
  await step("add groups to a customer", async () => {
    const customer = await id("/admin/customers?email=zoe@example.com", "customers")
    await open(`/customers/${customer}/add-customer-groups`)
    await check("Wholesale")
    await save()
    assert.ok((await api(`/admin/customers/${customer}?fields=*groups`)).customer.groups.some((g) => g.name === "Wholesale"))
  })
  await step("add products to a sales channel", async () => {
    const channel = await id("/admin/sales-channels?name=Market hall", "sales_channels")
    await open(`/settings/sales-channels/${channel}/add-products`)
    await dialog().locator("tbody tr [role=checkbox]:enabled").first().click()
    await save()
    assert.ok((await api(`/admin/products?sales_channel_id=${channel}`)).products.length > 0)
  })
  await step("add sales channels to a key", async () => {
    const key = await id("/admin/api-keys?title=Kiosk 2", "api_keys")
    await open(`/settings/publishable-api-keys/${key}/sales-channels`)
    await check("Market hall")
    await save()
    await reads(`/admin/api-keys/${key}?fields=*sales_channels`, "api_key", { "sales_channels.0.name": "Market hall" })
  })
  await step("change a product option", async () => {
    const option = await id("/admin/product-options?title=Shade", "product_options")
    await saved(`/product-options/${option}/edit`, { title: "Shading" }, `/admin/product-options/${option}`, "product_option", { title: "Shading" })
  })
  await step("change the options of a product", async () => {
    const product = await id("/admin/products?handle=hammock", "products")
    await open(`/products/${product}/options/manage`)
    await dialog().locator("input[role=combobox]").first().fill("Shading")
    await page.locator("[role=option]:visible", { hasText: "Shading" }).first().dispatchEvent("click")
    await dialog().locator("h1, h2").first().click()
    await dialog().locator("input[role=combobox]").last().click()
    await page.locator("[role=option]:visible", { hasText: "Light" }).first().dispatchEvent("click")
    await dialog().locator("h1, h2").first().click()
    await save()
    assert.ok((await api(`/admin/products/${product}?fields=*options`)).product.options.some((o) => o.title === "Shading"))
  })
  await step("pictures of a variant", async () => {
    const [product, variant] = [await id("/admin/products?handle=hammock", "products"), await id("/admin/product-variants?sku=HAM-N", "variants")]
    await open(`/products/${product}/variants/${variant}/media`)
    await dialog().locator("img").last().click({ force: true }) // what shows on hovering lies above it
    await save()
    assert.equal((await api(`/admin/products/${product}/variants/${variant}?fields=*images`)).variant.images.length, 1)
  })
  await step("what a variant consists of", async () => {
    const [product, variant] = [await id("/admin/products?handle=hammock", "products"), await id("/admin/product-variants?sku=HAM-V", "variants")]
    await open(`/products/${product}/variants/${variant}/manage-items`)
    await pick("Item", "POLE-1")
    await fill({ "inventory.0.required_quantity": 2 })
    await save()
    await reads(`/admin/products/${product}/variants/${variant}?fields=*inventory_items`, "variant", { "inventory_items.0.required_quantity": 2 })
  })
}

async function passwords(email, reset) {
  await step("ask for another password", async () => {
    await renew()
    await page.goto(`${base}/app/reset-password`)
    await page.fill("input[name=email]", email)
    await page.locator("button[type=submit]").click()
    await page.getByText(/sent|email with instructions/i).first().waitFor()
  })
  await step("choose another password", async () => {
    await renew()
    await page.goto(`${base}/app/reset-password?token=${reset}`)
    await page.fill("input[name=password]", "quite another password")
    await page.fill("input[name=repeat_password]", "quite another password")
    await page.locator("button[type=submit]").click()
    await page.getByText(/reset successfully|successful/i).first().waitFor()
    const { token } = await page.evaluate(async () => (await fetch("/auth/user/emailpass", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ email: "bob@example.com", password: "quite another password" }) })).json())
    assert.ok(token)
  })
}

export async function details({ email, reset }) {
  await taxes()
  await selling()
  await stock()
  await places()
  await assigned()
  await passwords(email, reset)
}
