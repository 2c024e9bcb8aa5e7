// Forms of one page each.
import { api, open, page, step } from "./browser.mjs"
import { button, cell, check, dialog, fill, next, pick, reads, save, saved } from "./forms.mjs"

export async function simple() {
  await step("create a collection", () => saved("/collections/create", { title: "Spring", handle: "spring" }, "/admin/collections?handle=spring", "collections"))
  await step("create a customer", () => saved("/customers/create", { first_name: "Zoe", last_name: "Martin", email: "zoe@example.com", company_name: "Zoe SARL", phone: "+33 1 23 45" }, "/admin/customers?email=zoe@example.com", "customers"))
  await step("create a customer group", () => saved("/customer-groups/create", { name: "Friends" }, "/admin/customer-groups?name=Friends", "customer_groups"))
  await step("create a product type", () => saved("/settings/product-types/create", { value: "Kettle" }, "/admin/product-types?value=Kettle", "product_types"))
  await step("create a product tag", () => saved("/settings/product-tags/create", { value: "Camping" }, "/admin/product-tags?value=Camping", "product_tags"))
  await step("create a return reason", () => saved("/settings/return-reasons/create", { value: "too_heavy", label: "Too heavy", description: "It cannot be carried" }, "/admin/return-reasons?value=too_heavy", "return_reasons"))
  await step("create a refund reason", () => saved("/settings/refund-reasons/create", { label: "Goodwill again", code: "goodwill_again", description: "No questions asked" }, "/admin/refund-reasons?code=goodwill_again", "refund_reasons"))
  await step("create a sales channel", () => saved("/settings/sales-channels/create", { name: "Market stall", description: "On Saturdays" }, "/admin/sales-channels?name=Market stall", "sales_channels"))
  await step("create a shipping profile", () => saved("/settings/locations/shipping-profiles/create", { name: "Heavy things", type: "heavy" }, "/admin/shipping-profiles?name=Heavy things", "shipping_profiles"))
  await step("create a shipping option type", () => saved("/settings/locations/shipping-option-types/create", { label: "By bike", code: "bike", description: "In town" }, "/admin/shipping-option-types?code=bike", "shipping_option_types"))
  await step("create a stock location", () => saved("/settings/locations/create", { name: "Garage", "address.address_1": "Back yard 1", "address.city": "Lyon", "address.postal_code": "69001" }, "/admin/stock-locations?name=Garage", "stock_locations",
    { name: "Garage", "address.city": "Lyon", "address.country_code": "fr" }, () => pick("Country", "France")))
  await step("change the profile", async () => {
    const me = (await api("/admin/users/me")).user
    await saved("/settings/profile/edit", { first_name: "Ada", last_name: "Byron" }, "/admin/users/" + me.id, "user")
  })
  await step("change the store", () => saved("/settings/store/edit", { name: "Tents and tarps" }, "/admin/stores", "stores"))
  await step("create a publishable key", async () => {
    await open("/settings/publishable-api-keys/create")
    await fill({ title: "Kiosk" })
    await save()
    await reads("/admin/api-keys?title=Kiosk", "api_keys", { type: "publishable" })
  })
  await step("create a secret key", async () => {
    await open("/settings/secret-api-keys/create")
    await fill({ title: "Robot" })
    await button("Save").click()
    await page.getByText(/sk_/).first().waitFor()
    await reads("/admin/api-keys?title=Robot", "api_keys", { type: "secret" })
  })
  await step("invite a user", async () => {
    await open("/settings/users/invite")
    await fill({ email: "new@example.com" })
    await button("Send invite").click()
    await dialog().getByText("new@example.com").waitFor()
    await reads("/admin/invites", "invites", { email: "new@example.com", accepted: false })
  })
  await step("create an inventory item with stock", async () => {
    await open("/inventory/create")
    await fill({ title: "Tent pole", sku: "POLE-1", material: "Steel" })
    await next("Next")
    await cell(0, 1, "12")
    await save()
    await reads("/admin/inventory-items?sku=POLE-1", "inventory_items", { title: "Tent pole", material: "Steel", stocked_quantity: 12 })
  })
  await step("reserve", async () => {
    await open("/reservations/create")
    await pick("Item to reserve", "")
    await pick("Location", "")
    await fill({ quantity: 2, description: "For the window" })
    await save()
    await reads("/admin/reservations?description=For the window", "reservations", { quantity: 2 })
  })
  await step("create a campaign", () => saved("/campaigns/create", { name: "Autumn", campaign_identifier: "autumn-26", description: "Leaves" }, "/admin/campaigns?campaign_identifier=autumn-26", "campaigns"))
  await step("create a region", async () => {
    await open("/settings/regions/create")
    await fill({ name: "Nordics" })
    await pick("Currency", "EUR")
    await button("Add countries").click()
    await page.getByPlaceholder("Search").last().fill("Norway")
    await check("Norway")
    await button(/^Save$/).click()
    await pick("Payment Providers", "System (DEFAULT)")
    await dialog().locator("h1, h2").first().click()
    await save()
    await reads("/admin/regions?name=Nordics", "regions", { currency_code: "eur", "countries.0.iso_2": "no" })
  })
  await step("create a tax region", async () => {
    await open("/settings/tax-regions/create")
    await pick("Country", "Norway")
    await pick("Tax provider", "System")
    await fill({ name: "Norwegian", rate: 25, code: "no-25" })
    await save()
    await reads("/admin/tax-regions?country_code=no", "tax_regions", { provider_id: "tp_system" })
    await reads("/admin/tax-rates?code=no-25", "tax_rates", { rate: 25, is_default: true })
  })
}
