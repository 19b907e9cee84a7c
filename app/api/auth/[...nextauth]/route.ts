import { signInRoute } from "@/lib/server/auth/sign-in-route";

export { signInRoute as GET, signInRoute as POST };
