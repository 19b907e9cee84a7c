// @ts-check
import { spawnSync } from "node:child_process";

const LONGEST_INSTALLATION_MS = 10 * 60_000;

export const isRoot = process.getuid?.() === 0;

/** Runs a program with its output shown. @param {string} program @param {readonly string[]} args */
export const succeeds = (program, args) =>
  spawnSync(program, args, {
    stdio: ["ignore", "inherit", "inherit"],
    timeout: LONGEST_INSTALLATION_MS,
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  }).status === 0;

/** Installs a package of Debian's, which only root may. @param {string} name */
export const installDebianPackage = (name) =>
  isRoot && succeeds("apt-get", ["update"]) && succeeds("apt-get", ["install", "-y", name]);
