import { assert, client, fails, has, ids, orderID, page, section } from "./harness.mjs"

export async function storefront({ admin }) {
  const { sales_channels } = await admin.salesChannel.list({ name: "Web store" })
  const { api_key } = await admin.apiKey.create({ title: "Front", type: "publishable" })
  await admin.apiKey.batchSalesChannels(api_key.id, { add: ids(sales_channels) })
  const sdk = client({ publishableKey: api_key.token })
  let region
  await section("store: what it sells", async (step) => {
    await step("nothing without a key", () => fails(client().store.region.list(), 400, /Publishable API key required/))
    region = await step("regions", async () => {
      const list = page(await sdk.store.region.list({ order: "name" }), "regions", { count: 2 })
      const europe = list.find((r) => r.name === "Europe")
      assert.ok((await sdk.store.region.retrieve(europe.id)).region.countries.some((c) => c.iso_2 === "de"))
      return europe
    })
    await step("currencies", async () => has((await sdk.client.fetch("/store/currencies/eur")).currency, { code: "eur", decimal_digits: 2 }))
    await step("locales", async () => {
      assert.deepEqual(await sdk.store.locale.list(), { locales: [{ code: "de-DE", name: "German (Germany)" }, { code: "en-US", name: "English (United States)" }] })
    })
    await step("products", async () => {
      const list = page(await sdk.store.product.list({ limit: 5, order: "title", fields: "id,title,handle" }), "products", { limit: 5 })
      assert.equal(list.length, 5)
      const { product } = await sdk.store.product.retrieve(list[0].id)
      has(product, { id: list[0].id, title: list[0].title })
      assert.ok(product.variants[0].sku)
    })
    await step("products with their prices", async () => {
      const list = page(await sdk.store.product.list({ region_id: region.id, handle: "harbor-wool-blanket", fields: "id,handle,*variants.calculated_price" }), "products", { count: 1 })
      const [price] = list[0].variants.map((v) => v.calculated_price)
      has(price, { currency_code: "eur", original_amount: 98 })
      assert.equal(typeof price.calculated_amount, "number")
    })
    await step("a product by its collection", async () => {
      const [collection] = page(await sdk.store.collection.list({ handle: "trail" }), "collections", { count: 1 })
      has((await sdk.store.collection.retrieve(collection.id)).collection, { title: "Trail" })
      assert.ok(page(await sdk.store.product.list({ collection_id: [collection.id], fields: "+collection_id" }), "products").every((p) => p.collection_id === collection.id))
    })
    await step("categories", async () => {
      const [category] = page(await sdk.store.category.list({ handle: "outdoor" }), "product_categories", { count: 1 })
      has((await sdk.store.category.retrieve(category.id, { fields: "name,*category_children" })).product_category, { name: "Outdoor" })
      page(await sdk.store.product.list({ category_id: ["pcat_none"] }), "products", { count: 0 })
    })
    await step("options", async () => {
      const [option] = page(await sdk.store.productOption.list({ title: "Color" }), "product_options")
      has((await sdk.store.productOption.retrieve(option.id)).product_option, { title: "Color" })
    })
  })
  await section("store: a customer", (step) => customer(step, sdk))
}

async function customer(step, sdk) {
  const login = { email: "nina@example.com", password: "long enough 2" }
  await step("nobody", () => fails(sdk.store.customer.retrieve(), 401, /Unauthorized/))
  await step("register", () => sdk.auth.register("customer", "emailpass", login))
  const me = await step("create", async () => {
    const { customer } = await sdk.store.customer.create({ email: login.email, first_name: "Nina", last_name: "Frost" })
    has(customer, { email: login.email, first_name: "Nina" })
    return customer
  })
  await step("log in", () => sdk.auth.login("customer", "emailpass", login))
  await step("me", async () => has((await sdk.store.customer.retrieve({ fields: "*addresses" })).customer, { id: me.id, addresses: [] }))
  await step("update", async () => has((await sdk.store.customer.update({ first_name: "Nin", phone: "123" })).customer, { id: me.id, first_name: "Nin", last_name: "Frost", phone: "123" }))
  const address = await step("create an address", async () => {
    const answer = await sdk.store.customer.createAddress({ address_1: "Dock 4", city: "Oslo", country_code: "no", address_name: "Home" })
    has(answer.customer, { id: me.id })
    const list = page(await sdk.store.customer.listAddress(), "addresses", { count: 1 })
    has(list[0], { address_1: "Dock 4", address_name: "Home" })
    return list[0]
  })
  await step("update an address", async () => {
    has((await sdk.store.customer.updateAddress(address.id, { city: "Bergen" })).customer, { id: me.id })
    has((await sdk.store.customer.retrieveAddress(address.id)).address, { id: address.id, city: "Bergen" })
  })
  await step("delete an address", async () => {
    has(await sdk.store.customer.deleteAddress(address.id), { id: address.id, object: "address", deleted: true })
    page(await sdk.store.customer.listAddress(), "addresses", { count: 0 })
  })
  await step("orders", async () => {
    page(await sdk.store.order.list({ fields: "id,*items" }), "orders", { count: 0 })
    has((await sdk.store.order.retrieve(orderID, { fields: "+display_id" })).order, { id: orderID, display_id: 20 })
  })
  await step("log out", async () => {
    await sdk.auth.logout()
    await fails(sdk.store.customer.retrieve(), 401, /Unauthorized/)
  })
}
