import { redirect } from "next/navigation";
import { pathText, studyAddress } from "./study-address";

type StudyPageProps = { readonly params: Promise<{ readonly code: string }> };

const StudyPage = async ({ params }: StudyPageProps) => redirect(studyAddress(pathText((await params).code), "board"));

export default StudyPage;
