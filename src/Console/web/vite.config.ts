import { defineConfig } from "vite";
import { VitePWA } from "vite-plugin-pwa";

// The page is shipped inside the program: a few files with hashed names, nothing fetched from elsewhere.
export default defineConfig({
  base: "./",
  build: { target: "es2022", assetsInlineLimit: 0, reportCompressedSize: true },
  server: { proxy: { "/api": "http://127.0.0.1:8080" } },
  plugins: [
    VitePWA({
      registerType: "autoUpdate",
      injectRegister: null,
      includeAssets: ["icon.svg"],
      manifest: {
        name: "Canh Lũ", short_name: "Canh Lũ", lang: "vi", start_url: ".", display: "standalone", background_color: "#0a1219", theme_color: "#0b3a53",
        icons: [{ src: "icon.svg", sizes: "any", type: "image/svg+xml", purpose: "any maskable" }],
      },
      // Only the page's own files are kept for when there is no line; what the engine says is never answered from a store.
      workbox: { globPatterns: ["**/*.{js,css,html,svg,png}"], navigateFallback: "index.html", navigateFallbackDenylist: [/^\/(api|cap|callbacks|openapi|metrics|healthz|readyz)/] },
    }),
  ],
});
