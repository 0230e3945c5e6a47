/** @type {import('@docusaurus/types').Config} */
export default {
  title: "Data handbook",
  tagline: "How our team reads and publishes data",
  url: "https://docs.example.com",
  baseUrl: "/",
  scripts: [{ src: "/walkthroughs/embed.js", async: true }],
  presets: [["classic", { docs: { routeBasePath: "/" }, blog: false, pages: false }]],
  themeConfig: {
    navbar: { title: "Data handbook" },
  },
};
