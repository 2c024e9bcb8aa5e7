// Builds the admin dashboard into the folder app, as docs/dashboard.md says.
import { build } from "@medusajs/admin-bundler"

await build({ path: "/app", backendUrl: "", outDir: "./app", sources: [], plugins: [] })
