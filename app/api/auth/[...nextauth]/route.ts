import { signInRoute } from "@/lib/server/http/sign-in-route";

export { signInRoute as GET, signInRoute as POST };
