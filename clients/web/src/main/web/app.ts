import "./styles/app.css";
import "./ui/app-root.js";
