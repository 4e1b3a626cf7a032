@NullMarked
package dev.dunlin.presence.kafka;

import org.jspecify.annotations.NullMarked;
