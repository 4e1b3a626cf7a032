/** Devices in PostgreSQL. */
@NullMarked
package dev.dunlin.push.device.postgres;

import org.jspecify.annotations.NullMarked;
