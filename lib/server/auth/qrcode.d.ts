/** Of the package `qrcode`, what is used here. */
declare module "qrcode" {
  type Modules = { readonly size: number; get(row: number, column: number): number };
  export const create: (
    text: string,
    options: { readonly errorCorrectionLevel: "L" | "M" | "Q" | "H" },
  ) => { readonly modules: Modules };
}
