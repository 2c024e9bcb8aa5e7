// Forms that change what is there.
import { open, step } from "./browser.mjs"
import { check, dialog, fill, id, pick, reads, save, saved } from "./forms.mjs"

// of returns a step that changes one record by its form.
const edit = (what, page, list, key, one, values, form = "edit", want = values) => step(`change ${what}`, async () => {
  const record = await id(list, key)
  await saved(`${page}/${record}/${form}`, values, `${list.split("?")[0]}/${record}`, one, want)
})

export async function edits() {
  await edit("a collection", "/collections", "/admin/collections", "collections", "collection", { title: "Summer", handle: "summer-27" })
  await edit("a customer", "/customers", "/admin/customers?email=zoe@example.com", "customers", "customer", { first_name: "Zoé" })
  await edit("a customer group", "/customer-groups", "/admin/customer-groups", "customer_groups", "customer_group", { name: "Wholesale" })
  await edit("a product type", "/settings/product-types", "/admin/product-types", "product_types", "product_type", { value: "Tent, light" })
  await edit("a product tag", "/settings/product-tags", "/admin/product-tags", "product_tags", "product_tag", { value: "lightweight" })
  await edit("a return reason", "/settings/return-reasons", "/admin/return-reasons", "return_reasons", "return_reason", { label: "Much too heavy" })
  await edit("a refund reason", "/settings/refund-reasons", "/admin/refund-reasons", "refund_reasons", "refund_reason", { label: "Goodwill, again" })
  await edit("a sales channel", "/settings/sales-channels", "/admin/sales-channels?name=Market stall", "sales_channels", "sales_channel", { name: "Market hall" })
  await edit("a shipping option type", "/settings/locations/shipping-option-types", "/admin/shipping-option-types?code=bike", "shipping_option_types", "shipping_option_type", { label: "By cargo bike" })
  await edit("a key", "/settings/publishable-api-keys", "/admin/api-keys?title=Kiosk", "api_keys", "api_key", { title: "Kiosk 2" })
  await edit("a region", "/settings/regions", "/admin/regions?name=Nordics", "regions", "region", { name: "The North" })
  await edit("a stock location", "/settings/locations", "/admin/stock-locations?name=Garage", "stock_locations", "stock_location", { name: "Big garage", "address.city": "Vienne" })
  await edit("an inventory item", "/inventory", "/admin/inventory-items?sku=POLE-1", "inventory_items", "inventory_item", { title: "Tent pole, long" })
  await edit("the attributes of an inventory item", "/inventory", "/admin/inventory-items?sku=POLE-1", "inventory_items", "inventory_item", { weight: 800, material: "Aluminum" }, "attributes")
  await edit("a reservation", "/reservations", "/admin/reservations?description=For the window", "reservations", "reservation", { quantity: 3 })
  await edit("a campaign", "/campaigns", "/admin/campaigns?campaign_identifier=autumn-26", "campaigns", "campaign", { name: "Late autumn", description: "Bare trees" })
  await edit("a user", "/settings/users", "/admin/users?email=ada@example.com", "users", "user", { first_name: "Augusta" })
  await step("add customers to a group", async () => {
    const group = await id("/admin/customer-groups?name=Friends", "customer_groups")
    await open(`/customer-groups/${group}/add-customers`)
    await dialog().getByPlaceholder("Search").fill("zoe@example.com")
    await check("zoe@example.com")
    await save()
    await reads(`/admin/customers?groups[id]=${group}`, "customers", { email: "zoe@example.com" })
  })
  await step("add an address to a customer", async () => {
    const customer = await id("/admin/customers?email=zoe@example.com", "customers")
    await open(`/customers/${customer}/create-address`)
    await fill({ address_name: "Home", address_1: "Rue 1", city: "Lyon", postal_code: "69001" })
    await pick("Country", "France")
    await save()
    await reads(`/admin/customers/${customer}/addresses`, "addresses", { address_1: "Rue 1", country_code: "fr" })
  })
}

export async function orders() {
  const order = (await id("/admin/orders?shipping_address[city][$ne]=null&limit=1&status=pending&order=-created_at", "orders"))
  await step("change the email of an order", () => saved(`/orders/${order}/email`, { email: "other@example.com" }, `/admin/orders/${order}?fields=email`, "order"))
  await step("change the address of an order", () => saved(`/orders/${order}/shipping-address`, { first_name: "Otto", city: "Rouen" }, `/admin/orders/${order}`, "order", { "shipping_address.first_name": "Otto", "shipping_address.city": "Rouen" }))
  await step("change the billing address of an order", () => saved(`/orders/${order}/billing-address`, { city: "Brest" }, `/admin/orders/${order}`, "order", { "billing_address.city": "Brest" }))
}
