import { assert, credentials, fails, gone, has, ids, keeps, page, section } from "./harness.mjs"

export async function customers({ admin }) {
  let customer
  await section("customers", async (step) => {
    customer = await keeps(step, admin.customer, {
      one: "customer", many: "customers",
      create: { email: "grace@example.com", first_name: "Grace", last_name: "Hall", phone: "+4912345", metadata: { vip: true, level: 3 } },
      update: { last_name: "Hill", company_name: "Hill & Sons" },
      filter: { email: "grace@example.com" },
    })
    await step("search", async () => assert.deepEqual(ids(page(await admin.customer.list({ q: "Hill" }), "customers")), [customer.id]))
    await step("who made it", async () => {
      const { users } = await admin.user.list({ email: credentials.email })
      has((await admin.customer.retrieve(customer.id)).customer, { created_by: users[0].id, has_account: false })
    })
    await step("a wrong email", () => fails(admin.customer.create({ email: "nobody" }), 400, /email/))
  })
  await section("addresses", async (step) => {
    const address = await step("create", async () => {
      const answer = await admin.customer.createAddress(customer.id, { address_1: "Main Street 1", city: "Berlin", country_code: "de", is_default_shipping: true })
      has(answer.customer, { id: customer.id })
      const { addresses } = await admin.customer.listAddresses(customer.id)
      assert.equal(addresses.length, 1)
      has(addresses[0], { address_1: "Main Street 1", customer_id: customer.id, is_default_shipping: true })
      return addresses[0]
    })
    await step("update", async () => {
      has((await admin.customer.updateAddress(customer.id, address.id, { city: "Hamburg" })).customer, { id: customer.id })
      has((await admin.customer.retrieveAddress(customer.id, address.id)).address, { city: "Hamburg", address_1: "Main Street 1" })
    })
    await step("below the customer", async () =>
      assert.equal((await admin.customer.retrieve(customer.id, { fields: "*addresses" })).customer.addresses[0].city, "Hamburg"))
    await step("delete", async () => {
      const answer = await admin.customer.deleteAddress(customer.id, address.id)
      assert.equal(answer.parent.id, customer.id)
      await gone(answer, address.id, "customer_address", () => admin.customer.retrieveAddress(customer.id, address.id))
    })
  })
  await section("customer groups", async (step) => {
    const group = await keeps(step, admin.customerGroup, {
      one: "customer_group", many: "customer_groups", create: { name: "Bakers", metadata: { a: 1 } }, update: { name: "Bakers & Co" }, filter: { name: "Bakers" },
    })
    const members = async () => (await admin.customerGroup.retrieve(group.id, { fields: "id,customers.id" })).customer_group.customers
    await step("add customers", async () => {
      has((await admin.customerGroup.batchCustomers(group.id, { add: [customer.id] })).customer_group, { id: group.id })
      assert.deepEqual(await members(), [{ id: customer.id }])
    })
    await step("customers of a group", async () =>
      assert.deepEqual(ids(page(await admin.customer.list({ groups: [group.id] }), "customers", { count: 1 })), [customer.id]))
    await step("remove customers", async () => {
      await admin.customerGroup.batchCustomers(group.id, { remove: [customer.id] })
      assert.deepEqual(await members(), [])
    })
    await step("groups of a customer", async () => {
      has((await admin.customer.batchCustomerGroups(customer.id, { add: [group.id] })).customer, { id: customer.id })
      assert.deepEqual(await members(), [{ id: customer.id }])
      await admin.customer.batchCustomerGroups(customer.id, { remove: [group.id] })
      assert.deepEqual(await members(), [])
    })
    await group.remove()
    await customer.remove()
  })
}
