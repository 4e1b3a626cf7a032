/** The REST API of devices. */
@NullMarked
package dev.dunlin.push.device.http;

import org.jspecify.annotations.NullMarked;
