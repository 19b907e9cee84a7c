import { randomUUID } from "node:crypto";
import * as z from "zod";
import { problem } from "@/lib/contracts/problem";
import { recordScreen } from "./pages/record-screen";
import { answered, openApi, openSession } from "./support/api";
import { newCode } from "./support/study-copies";
import { record } from "./support/study-data";
import { expect, test } from "./support/test";

/** Everything that a complete baseline has beside the weight, an hour ago. */
const baseline = (animal: string, neutrophils: string) => {
  const observedAt = new Date(Date.now() - 3_600_000).toISOString();
  return [
    { kind: "cbc", animal, observedAt, neutrophils: { text: neutrophils, unit: "K/µL" }, platelets: 910 },
    { kind: "lft", animal, observedAt, alt: 41, ast: 88, bilirubin: 0.3 },
    { kind: "observation", animal, observedAt, findings: [] },
  ];
};

test("a study from nothing to its first dose", async ({ pageOf, apiOf, baseURL }) => {
  const address = baseURL ?? "";
  const code = newCode();
  const administrator = await apiOf("administrator");
  const newPerson = async (name: string) => {
    const person = { email: `${name.toLowerCase()}.${code}@e2e.test`, name: `${name} ${code}`, password: randomUUID() };
    await answered(await administrator.post("/api/v1/users", person), 201, z.unknown());
    return { ...person, session: await openSession(address, person) };
  };
  const dana = await newPerson("Dana");
  const teo = await newPerson("Teo");

  const setUp = await pageOf("administrator");
  await setUp.goto("/studies");
  await setUp.getByRole("link", { name: "New study" }).click();
  const start = setUp.getByRole("region", { name: "Start a study" });
  await start.getByRole("button", { name: "Make the study" }).click();
  await expect(start.getByRole("textbox", { name: "Code" })).toHaveAttribute("aria-invalid", "true");
  await start.getByRole("textbox", { name: "Code" }).fill(code);
  await start.getByRole("textbox", { name: "Title" }).fill("From nothing to the first dose");
  await start.getByRole("combobox", { name: "Species" }).fill("mouse");
  await start.getByRole("combobox", { name: "Time zone" }).fill("Europe/Madrid");
  await start.getByRole("button", { name: "Make the study" }).click();
  await expect(setUp.getByRole("heading", { level: 1, name: "People" })).toBeVisible();
  await setUp.getByRole("checkbox", { name: `Study director: ${dana.name}` }).check();
  await setUp.getByRole("button", { name: `Save the roles of ${dana.name}` }).click();
  await expect(setUp.getByRole("button", { name: `Save the roles of ${dana.name}` })).toBeDisabled();
  await setUp.getByRole("checkbox", { name: `Technician: ${teo.name}` }).check();
  await setUp.getByRole("checkbox", { name: `Auditor: ${teo.name}` }).check();
  await setUp.getByRole("button", { name: `Save the roles of ${teo.name}` }).click();
  await expect(setUp.getByRole("alert").filter({ hasText: "The roles were not changed" })).toBeVisible();
  await setUp.getByRole("checkbox", { name: `Auditor: ${teo.name}` }).uncheck();
  await setUp.getByRole("button", { name: `Save the roles of ${teo.name}` }).click();
  await expect(setUp.getByRole("button", { name: `Save the roles of ${teo.name}` })).toBeDisabled();

  const director = await pageOf(null, { storageState: dana.session });
  await director.goto(`/studies/${code}/protocol`);
  await director.getByRole("textbox", { name: "Starting dose" }).fill("10");
  await director.getByRole("button", { name: "Use 10, 7.5, 5, 2.5" }).click();
  await director.getByRole("button", { name: "Save the draft" }).click();
  await expect(director.getByText("Choose how dosing resumes before signing")).toBeVisible();
  await expect(director.getByRole("button", { name: "Sign the protocol" })).toHaveCount(0);
  await director.getByRole("radio", { name: /^Automatically/ }).check();
  await director.getByRole("textbox", { name: "Neutrophils, lower limit" }).fill("1.6");
  await director.getByRole("textbox", { name: "ALT, upper limit" }).fill("80");
  await director.getByRole("button", { name: "Save the draft" }).click();
  await expect(director.getByRole("button", { name: "Sign the protocol" })).toBeVisible();

  await director.getByRole("link", { name: "Register animals" }).click();
  const pasted = director.getByRole("textbox", { name: /^One animal a line/ });
  await pasted.fill("N01\tF\tG1\t1\tA1\t\nN02\tM\tG9\t1\tA1\t");
  await director.getByRole("button", { name: "Register 2 animals" }).click();
  await expect(director.getByRole("alert").filter({ hasText: "No animal was registered" })).toContainText("N02");
  await pasted.fill("tag\tsex\tgroup\troom\tcage\nN01\tF\tG1\t1\tA1\nN02\tM\tG1\t1\tA2\nN03\tF\tC\t1\tA3");
  await director.getByRole("button", { name: "Register 3 animals" }).click();
  await expect(director.getByRole("heading", { level: 1, name: "Animals" })).toBeVisible();
  await expect(director.getByRole("link", { name: "N03" })).toBeVisible();

  const technician = await pageOf(null, { storageState: teo.session });
  const screen = recordScreen(technician, code);
  await screen.open("weight", "N01");
  await expect(technician.getByText("The protocol has not been signed.")).toBeVisible();
  await screen.value("Body weight").fill("21.4");
  await screen.save.click();
  await expect(screen.receipt("N01")).toContainText("21.4 g");
  const api = await openApi(address, teo.session);
  for (const entry of [...baseline("N01", "2.20"), ...baseline("N02", "0.90")]) await record(api, code, entry);
  const dose = { id: randomUUID(), kind: "dose", animal: "N01", observedAt: new Date().toISOString(), amount: 10 };
  const early = await answered(await api.post(`/api/v1/studies/${code}/entries`, dose), 409, problem);
  expect(early.code).toBe("STUDY_NOT_ACTIVE");

  await director.goto(`/studies/${code}/protocol`);
  await expect(director.getByText("1 of 2 animals already meet a hold rule before any dose")).toBeVisible();
  await director.getByRole("textbox", { name: "Your password, again" }).fill("not the password");
  await director.getByRole("button", { name: "Sign the protocol" }).click();
  await expect(director.getByRole("alert").filter({ hasText: "Not signed" })).toBeVisible();
  await director.getByRole("textbox", { name: "Your password, again" }).fill(dana.password);
  await director.getByRole("button", { name: "Sign the protocol" }).click();
  await expect(director.getByText(`Version 1, signed by ${dana.name}`)).toBeVisible();
  await expect(director.getByRole("button", { name: "Save the draft" })).toHaveCount(0);

  await screen.open("dose", "N01");
  await screen.value("Dose given").fill("10");
  await expect(screen.consequence).toContainText("This starts N01 at 10 mg/kg.");
  await screen.save.click();
  await expect(screen.receipt("N01")).toContainText("This starts N01 at 10 mg/kg.");
  await director.goto(`/studies/${code}/board`);
  await expect(director.getByRole("row", { name: /^N01\b/ })).toContainText("10 mg/kg");
  await expect(director.getByRole("row", { name: /^N02\b/ })).toContainText("not started");
  await api.dispose();
});
