import { defineConfig } from "vitepress";

export default defineConfig({
  title: "Data handbook",
  description: "How our team reads and publishes data",
  head: [["script", { async: "", src: "/walkthroughs/embed.js" }]],
  vue: {
    template: {
      compilerOptions: { isCustomElement: (tag) => tag === "guidemark-embed" },
    },
  },
  themeConfig: {
    // Without the list of headings the column is wide enough for a guide with its card on the picture.
    aside: false,
    sidebar: [
      { text: "Data handbook", link: "/" },
      { text: "API tokens", link: "/api-token" },
    ],
  },
});
