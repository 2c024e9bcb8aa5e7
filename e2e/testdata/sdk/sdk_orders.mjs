import { assert, fails, has, ids, orderID, page, section } from "./harness.mjs"

export async function orders({ admin }) {
  await section("orders", async (step) => {
    await step("list", async () => {
      const list = page(await admin.order.list(), "orders", { count: 59, limit: 15 }) // one of the 60 is a draft
      assert.equal(list.length, 15)
      assert.equal(typeof list[0].summary.current_order_total, "number")
    })
    await step("pages", async () => {
      const all = ids(page(await admin.order.list({ order: "-display_id", limit: 10 }), "orders"))
      const rest = ids(page(await admin.order.list({ order: "-display_id", limit: 5, offset: 5 }), "orders", { offset: 5, limit: 5 }))
      assert.deepEqual(rest, all.slice(5))
    })
    const order = await step("retrieve with all that is around it", async () => {
      const fields = "*customer,*items,*items.variant,*items.product,+payment_collections.*,+sales_channel.name,*fulfillments,*region,*cart,*promotions"
      const { order } = await admin.order.retrieve(orderID, { fields })
      has(order, { id: orderID, display_id: 20, version: 18 })
      has(order.customer, { email: "clara.wagner1@example.com", first_name: "Clara" })
      has(order.region, { name: "Europe", currency_code: "eur" })
      assert.deepEqual(order.sales_channel.name, "Web store")
      assert.deepEqual(order.items.map((i) => i.variant.sku).sort(), ["CDL-CEDAR", "CDL-NONE", "CRN-SM-SLATE", "CRN-SM-SLATE", "SKL-20CM"])
      assert.ok(order.items.some((i) => i.product.handle === "cairn-45-backpack"))
      assert.equal(order.payment_collections.length, 3)
      assert.ok(order.payment_collections.every((p) => p.status === "completed"))
      assert.equal(order.fulfillments.length, 4)
      assert.deepEqual(order.promotions.map((p) => p.code), ["WELCOME10"])
      assert.ok(order.cart.completed_at)
      return order
    })
    await step("fields that replace the default", async () =>
      assert.deepEqual((await admin.order.retrieve(orderID, { fields: "id,customer.email" })).order,
        { id: orderID, customer: { email: "clara.wagner1@example.com" }, payment_status: "partially_refunded", fulfillment_status: "delivered" }))
    await step("filters", async () => {
      const list = page(await admin.order.list({ customer_id: order.customer.id, status: ["pending", "completed"], created_at: { $gte: "2000-01-01" }, limit: 60 }), "orders")
      assert.ok(ids(list).includes(orderID))
      has(page(await admin.order.list({ id: [orderID] }), "orders", { count: 1 })[0], { id: orderID })
      page(await admin.order.list({ created_at: { $lt: "2000-01-01" } }), "orders", { count: 0 })
    })
    await step("an or of filters", async () => {
      const $or = [{ id: orderID }, { display_id: 1 }]
      assert.deepEqual(page(await admin.order.list({ $or, order: "display_id" }), "orders", { count: 2 }).map((o) => o.display_id), [1, 20])
    })
    await step("a filter across links", async () => {
      const query = { "payment_collections.$count": 3, payment_collections: { status: "completed" }, fields: "id", limit: 60 }
      assert.ok(ids(page(await admin.order.list(query), "orders")).includes(orderID))
    })
    await step("changes", async () => {
      const { order_changes } = await admin.order.listChanges(orderID, { status: ["confirmed"] })
      assert.ok(order_changes.length > 3 && order_changes.every((c) => c.order_id === orderID && c.status === "confirmed"))
      assert.ok(order_changes.some((c) => c.actions.length > 0))
    })
    await step("an unknown order", () => fails(admin.order.retrieve("order_none"), 404, /Order id not found: order_none/))
  })
  await section("after sale", async (step) => {
    for (const [name, key, keys, fields] of [
      ["return", "return", "returns", "id,order_id,status,order.display_id"],
      ["claim", "claim", "claims", "id,type,order_id,order.display_id"],
      ["exchange", "exchange", "exchanges", "id,order_id,order.display_id"],
    ]) {
      const resource = admin[name]
      await step(`list ${keys}`, async () => {
        const list = page(await resource.list({ order_id: orderID }), keys)
        assert.ok(list.length > 0 && list.every((r) => r.order_id === orderID))
        const answer = (await resource.retrieve(list[0].id, { fields }))[key]
        has(answer, { id: list[0].id, order_id: orderID, order: { display_id: 20 } })
      })
    }
  })
}
