import "./styles/ticker-page.css";
import "./ui/ticker-root.js";
