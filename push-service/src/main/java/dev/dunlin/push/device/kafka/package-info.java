/** Events of users from Kafka, as far as they affect devices. */
@NullMarked
package dev.dunlin.push.device.kafka;

import org.jspecify.annotations.NullMarked;
