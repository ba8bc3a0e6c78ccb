import { defineConfig } from "vite";

// The page is shipped inside the program: a few files with hashed names, nothing fetched from elsewhere.
export default defineConfig({
  base: "./",
  build: { target: "es2022", assetsInlineLimit: 0, reportCompressedSize: true },
  server: { proxy: { "/api": "http://127.0.0.1:8080" } },
});
