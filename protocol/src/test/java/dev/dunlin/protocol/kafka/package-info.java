@NullMarked
package dev.dunlin.protocol.kafka;

import org.jspecify.annotations.NullMarked;
