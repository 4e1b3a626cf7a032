import { LocalDelivery } from "./push/local-delivery.js";
import { lackOfNotifications } from "./push/service-worker.js";
import "./styles/app.css";
import "./ui/app-root.js";

if (lackOfNotifications() === undefined) new LocalDelivery().start();
