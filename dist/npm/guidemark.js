#!/usr/bin/env node
// Starts the program, which the package for this platform brings.
"use strict";
const { spawn } = require("node:child_process");
const { constants } = require("node:os");
const { optionalDependencies } = require("./package.json");

/** @param {string} message @param {string} help @returns {never} */
function fail(message, help) {
  console.error(`error: ${message}\nhelp: ${help}`);
  process.exit(2);
}

/** Where the program lies. */
function program() {
  const platform = `@guidemark/${process.platform}-${process.arch}`;
  try {
    return require.resolve(`${platform}/guidemark${process.platform === "win32" ? ".exe" : ""}`);
  } catch {
    if (!(platform in optionalDependencies)) {
      fail(`there is no build for ${process.platform} on ${process.arch}`, "build it with Rust: `cargo install --path .` in a checkout");
    }
    fail(
      `the package \`${platform}\` is missing`,
      "install `guidemark` again without `--omit=optional`; where the C library is not glibc, as on Alpine Linux, build it with Rust",
    );
  }
}

const child = spawn(program(), process.argv.slice(2), { stdio: "inherit" });
// We end when the program does: `serve` and `record` put things in order first.
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
  // A console of Windows tells the program itself; there, `kill` is the end at once.
  process.on(signal, () => process.platform === "win32" || child.kill(signal));
}
child.on("error", (error) => fail(`the program does not start: ${error.message}`, "install `guidemark` again"));
child.on("exit", (status, signal) => {
  process.exitCode = status ?? 128 + constants.signals[/** @type {NodeJS.Signals} */ (signal)];
});
