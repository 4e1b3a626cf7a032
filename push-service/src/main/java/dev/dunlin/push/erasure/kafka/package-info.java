/** Events of users from Kafka, as far as they affect devices. */
@NullMarked
package dev.dunlin.push.erasure.kafka;

import org.jspecify.annotations.NullMarked;
