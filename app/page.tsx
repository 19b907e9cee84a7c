import { redirect } from "next/navigation";

const HomePage = () => redirect("/studies");

export default HomePage;
