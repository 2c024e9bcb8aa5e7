// Promotions, price lists, and how things are shipped and taxed.
import { api, open, page, step } from "./browser.mjs"
import { button, cell, check, choose, dialog, fill, id, next, pick, reads, save, saved } from "./forms.mjs"

// operator chooses that a value of a rule is one of several.
async function operator() {
  await dialog().locator("button[role=combobox]", { hasText: "Select Operator" }).first().click()
  await page.locator("[role=option]:visible", { hasText: "In" }).first().click()
}

export async function selling() {
  await step("create a promotion with a rule", async () => {
    await open("/promotions/create")
    await choose("Percentage off order")
    await next()
    await fill({ code: "LEAVES10", "application_method.value": 10 })
    await choose("Active")
    await dialog().locator("button", { hasText: "Add condition" }).first().click()
    await dialog().locator("[role=combobox]").first().click()
    await page.locator("[role=option]:visible", { hasText: "Customer Group" }).first().click()
    await operator()
    await dialog().locator("input[role=combobox]").last().click()
    await page.locator("[role=option]:visible", { hasText: "Friends" }).first().dispatchEvent("click")
    await dialog().locator("h1, h2").first().click()
    await next()
    await save()
    await reads("/admin/promotions?code=LEAVES10&fields=*rules,*rules.values,*application_method", "promotions", { type: "standard", "application_method.value": 10, "rules.0.attribute": "customer.groups.id" })
  })
  await step("change a promotion", async () => {
    const promotion = await id("/admin/promotions?code=LEAVES10", "promotions")
    await open(`/promotions/${promotion}/edit`)
    await fill({ code: "LEAVES15" })
    await save()
    await reads(`/admin/promotions/${promotion}`, "promotion", { code: "LEAVES15" })
  })
  await step("change the rules of a promotion", async () => {
    const promotion = await id("/admin/promotions?code=LEAVES15", "promotions")
    await open(`/promotions/${promotion}/rules/edit`)
    await dialog().locator("button", { hasText: "Add condition" }).first().click()
    await dialog().locator("button[role=combobox]:enabled").last().click()
    await page.locator("[role=option]:visible", { hasText: "Region" }).first().click()
    await operator()
    await dialog().locator("input[role=combobox]").last().click()
    await page.locator("[role=option]:visible", { hasText: "The North" }).first().dispatchEvent("click")
    await dialog().locator("h1, h2").first().click()
    await save()
    const rules = (await api(`/admin/promotions/${promotion}`)).promotion.rules.map((r) => r.attribute).sort()
    if (rules.join() !== "customer.groups.id,region.id" && rules.join() !== "customer.groups.id,region_id") throw new Error(`the rules are ${rules}`)
  })
  await step("add a promotion to a campaign", async () => {
    const [promotion, campaign] = [await id("/admin/promotions?code=LEAVES15", "promotions"), await id("/admin/campaigns?campaign_identifier=autumn-26", "campaigns")]
    await open(`/campaigns/${campaign}/add-promotions`)
    await check("LEAVES15")
    await save()
    await reads(`/admin/promotions/${promotion}`, "promotion", { "campaign.id": campaign })
  })
  await step("create a price list", async () => {
    await open("/price-lists/create")
    await choose("Sale")
    await fill({ title: "Rainy days", description: "Until the sun is back" })
    await next()
    await check("Hammock")
    await next()
    await cell(1, 1, "39")
    await save()
    await reads("/admin/price-lists?q=Rainy days&fields=*prices", "price_lists", { title: "Rainy days", type: "sale", "prices.0.amount": 39 })
  })
  await step("change a price list", async () => {
    const list = await id("/admin/price-lists?q=Rainy days", "price_lists")
    await open(`/price-lists/${list}/edit`)
    await fill({ title: "Grey days" })
    await save()
    await reads(`/admin/price-lists/${list}`, "price_list", { title: "Grey days" })
  })
  await step("let a stock location ship", async () => {
    const location = await id("/admin/stock-locations?name=Big garage", "stock_locations")
    await open(`/settings/locations/${location}/fulfillment-providers`)
    await check(/manual/i)
    await save()
    await open(`/settings/locations/${location}/sales-channels`)
    await check("Market hall")
    await save()
    await open(`/settings/locations/${location}`)
    await page.getByRole("button", { name: "Action menu" }).nth(1).click().catch(() => {})
    await reads(`/admin/stock-locations/${location}?fields=*sales_channels,*fulfillment_providers`, "stock_location", { "sales_channels.0.name": "Market hall", "fulfillment_providers.0.id": "manual_manual" })
  })
  await step("add a service zone with a shipping option", async () => {
    const { id: location, fulfillment_sets: sets } = (await api("/admin/stock-locations?name=Warehouse Lyon&fields=*fulfillment_sets")).stock_locations[0]
    const set = `/settings/locations/${location}/fulfillment-set/${sets[0].id}`
    await open(`${set}/service-zones/create`)
    await fill({ name: "North Sea" })
    await button("Manage areas").click()
    await dialog().locator("input[type=search]").fill("Norway")
    await check("Norway")
    await button(/^Save$/).click()
    await page.locator("[role=dialog] input[type=search]").waitFor({ state: "detached" })
    await save()
    const zone = (await api(`/admin/stock-locations/${location}?fields=*fulfillment_sets.service_zones,*fulfillment_sets.service_zones.geo_zones`)).stock_location.fulfillment_sets[0].service_zones.find((z) => z.name === "North Sea")
    if (zone?.geo_zones[0].country_code !== "no") throw new Error(`the zone is ${JSON.stringify(zone)}`)
    await open(`${set}/service-zone/${zone.id}/shipping-option/create`)
    await fill({ name: "By ship" })
    await pick("Shipping profile", "Heavy things")
    await pick("Shipping option type", "By cargo bike")
    await pick("Fulfillment provider", "")
    await pick("Fulfillment option", "")
    await next()
    await cell(0, 1, "12")
    await save()
    await reads("/admin/shipping-options?q=By ship&fields=%2B*prices", "shipping_options", { name: "By ship", price_type: "flat", "prices.0.amount": 12 })
  })
  await step("change the tax rate of a region", async () => {
    const [tax, rate] = [await id("/admin/tax-regions?country_code=no", "tax_regions"), await id("/admin/tax-rates?code=no-25", "tax_rates")]
    await saved(`/settings/tax-regions/${tax}/tax-rates/${rate}/edit`, { name: "Full", rate: 24 }, `/admin/tax-rates/${rate}`, "tax_rate", { name: "Full", rate: 24 })
  })
}
