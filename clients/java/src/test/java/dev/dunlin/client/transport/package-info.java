@NullMarked
package dev.dunlin.client.transport;

import org.jspecify.annotations.NullMarked;
