/** The state of keys, as metrics. */
@NullMarked
package dev.dunlin.push.delivery.micrometer;

import org.jspecify.annotations.NullMarked;
