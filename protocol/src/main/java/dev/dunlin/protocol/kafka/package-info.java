/** Topics and the values of their records. */
@NullMarked
package dev.dunlin.protocol.kafka;

import org.jspecify.annotations.NullMarked;
