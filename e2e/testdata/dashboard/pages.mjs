// Opens every page: lists, details, and forms, which are not submitted here. CI leaves
// those forms out: the others are submitted.
import { api, open, step } from "./browser.mjs"

// first returns the id of the first record of a list.
async function first(path) {
  const answer = await api(`/admin/${path}${path.includes("?") ? "&" : "?"}limit=1`)
  const list = Object.values(answer).find(Array.isArray)
  if (!list?.length) throw new Error(`${path} has no record`)
  return list[0].id
}

const some = (forms) => process.env.CI === "true" ? [] : forms

// Lists, with the forms of the list and of one record.
const sections = [
  ["/product-options", "product-options", ["create"], ["edit"]],
  ["/categories", "product-categories", ["create", "organize"], ["edit", "products", "organize"]],
  ["/promotions", "promotions", ["create"], ["edit", "add-to-campaign", "rules/edit"]],
  ["/campaigns", "campaigns", ["create"], ["edit", "configuration", "edit-budget", "add-promotions"]],
  ["/collections", "collections", ["create"], ["edit", "products", "metadata/edit"]],
  ["/price-lists", "price-lists", ["create"], ["edit", "configuration", "products/add", "products/edit"]],
  ["/customers", "customers", ["create"], ["edit", "create-address", "add-customer-groups", "metadata/edit"]],
  ["/customer-groups", "customer-groups", ["create"], ["edit", "add-customers", "metadata/edit"]],
  ["/reservations", "reservations", ["create"], ["edit", "metadata/edit"]],
  ["/inventory", "inventory-items?order=created_at", ["create", "stock"], ["edit", "attributes", "locations", "metadata/edit"]],
  ["/settings/regions", "regions", ["create"], ["edit", "countries/add", "metadata/edit"]],
  ["/settings/users", "users", ["invite"], ["edit", "metadata/edit"]],
  ["/settings/sales-channels", "sales-channels", ["create"], ["edit", "add-products", "metadata/edit"]],
  ["/settings/locations/shipping-profiles", "shipping-profiles", ["create"], ["metadata/edit"]],
  ["/settings/locations/shipping-option-types", "shipping-option-types", ["create"], ["edit"]],
  ["/settings/product-tags", "product-tags", ["create"], ["edit", "metadata/edit"]],
  ["/settings/product-types", "product-types", ["create"], ["edit", "metadata/edit"]],
  ["/settings/publishable-api-keys", "api-keys?type=publishable", ["create"], ["edit", "sales-channels"]],
  ["/settings/tax-regions", "tax-regions?parent_id=null", ["create"], ["edit", "provinces/create", "overrides/create", "tax-rates/create"]],
  ["/settings/return-reasons", "return-reasons", ["create"], ["edit"]],
  ["/settings/refund-reasons", "refund-reasons", ["create"], ["edit"]],
]

// Pages without records of their own.
const alone = [
  "/orders", "/orders/export", "/products", "/products/create", "/products/import", "/products/export", "/settings/profile", "/settings/profile/edit",
  "/settings/store", "/settings/store/edit", "/settings/store/currencies", "/settings/store/locales", "/settings/store/metadata/edit", "/settings/locations",
  "/settings/locations/create", "/settings/workflows", "/settings/secret-api-keys", "/settings/secret-api-keys/create", "/settings/property-labels", "/settings/translations",
]

export async function pages() {
  const see = (path) => step("open " + path.replaceAll(/[a-z]+_[0-9A-Z]{26}/g, "ID"), () => open(path))
  for (const path of alone) await see(path)
  for (const [path, list, forms, own] of sections) {
    const one = `${path}/${await first(list)}`
    for (const p of [path, ...some(forms).map((f) => `${path}/${f}`), one, ...some(own).map((f) => `${one}/${f}`)]) await see(p)
  }
  const product = `/products/${await first("products?order=created_at")}`
  const variant = `${product}/variants/${(await api(`/admin${product}`)).product.variants[0].id}`
  const order = `/orders/${await first("orders?status=pending&order=-created_at")}`
  const location = (await api("/admin/stock-locations?limit=1&fields=*fulfillment_sets,*fulfillment_sets.service_zones,*fulfillment_sets.service_zones.shipping_options")).stock_locations[0]
  const [set] = location.fulfillment_sets
  const [zone] = set.service_zones
  const [place, area] = [`/settings/locations/${location.id}`, `/settings/locations/${location.id}/fulfillment-set/${set.id}/service-zone/${zone.id}`]
  for (const [path, forms] of [
    [product, ["edit", "sales-channels", "attributes", "organization", "shipping-profile", "media", "prices", "variants/create", "stock", "metadata/edit", "options/manage"]],
    [variant, ["edit", "prices", "manage-items", "media", "metadata/edit"]],
    [order, ["fulfillment", "refund", "transfer", "email", "shipping-address", "billing-address", "metadata/edit", "allocate-items", "returns", "claims", "exchanges", "edits"]],
    [place, ["edit", "sales-channels", "fulfillment-providers", "metadata/edit"]],
    [area, ["edit", "areas", "shipping-option/create", `shipping-option/${zone.shipping_options[0].id}/edit`, `shipping-option/${zone.shipping_options[0].id}/pricing`]],
  ]) {
    if (path !== area) await see(path)
    for (const form of some(forms)) {
      await see(`${path}/${form}`)
      if (path === order) await discard(order.slice("/orders/".length))
    }
  }
}

// discard ends what a form of an order has begun.
async function discard(order) {
  const change = (await api(`/admin/orders/${order}/preview`)).order.order_change
  if (!change) return
  const [kind, id] = [["returns", change.return_id], ["claims", change.claim_id], ["exchanges", change.exchange_id]].find(([, id]) => id) ?? ["order-edits"]
  await api(id ? `/admin/${kind}/${id}/request` : `/admin/order-edits/${order}`, "DELETE")
}
