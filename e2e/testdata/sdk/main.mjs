import { client, credentials } from "./harness.mjs"
import { login } from "./sdk_login.mjs"
import { orders } from "./sdk_orders.mjs"
import { customers } from "./sdk_customers.mjs"
import { products } from "./sdk_products.mjs"
import { files } from "./sdk_files.mjs"
import { catalog } from "./sdk_catalog.mjs"
import { promotions } from "./sdk_promotions.mjs"
import { prices } from "./sdk_prices.mjs"
import { shop } from "./sdk_shop.mjs"
import { stock } from "./sdk_stock.mjs"
import { delivery } from "./sdk_delivery.mjs"
import { checkout } from "./sdk_checkout.mjs"
import { taxes } from "./sdk_taxes.mjs"
import { users } from "./sdk_users.mjs"
import { storefront } from "./sdk_storefront.mjs"

await login()
const sdk = client()
await sdk.auth.login("user", "emailpass", credentials)
for (const area of [orders, customers, products, files, catalog, promotions, prices, shop, stock, delivery, checkout, taxes, users, storefront]) {
  await area(sdk)
}
console.log(JSON.stringify({ done: true }))
