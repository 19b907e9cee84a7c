import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SignInForm } from "@/components/accounts/sign-in-form";
import { returnAddress } from "@/lib/contracts/return-address";
import { currentActor } from "@/lib/server/auth/current-actor";

export const metadata: Metadata = { title: "Sign in" };

type SignInPageProps = { readonly searchParams: Promise<{ readonly next?: string | readonly string[] }> };

const SignInPage = async ({ searchParams }: SignInPageProps) => {
  const { next } = await searchParams;
  const returnTo = returnAddress(typeof next === "string" ? next : null);
  if ((await currentActor()) !== null) redirect(returnTo);
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-md flex-col justify-center px-6 py-12">
      <p className="text-sm font-medium text-ink-soft">Doseline</p>
      <h1 className="mt-1 mb-8 text-2xl font-semibold">Sign in</h1>
      <SignInForm returnTo={returnTo} />
      <p className="mt-8 text-sm text-ink-faint">Accounts are made by your administrator. For research use only.</p>
    </main>
  );
};

export default SignInPage;
