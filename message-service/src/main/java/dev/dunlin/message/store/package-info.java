/** The store of the log as one port: everything that one adapter has to give. */
@NullMarked
package dev.dunlin.message.store;

import org.jspecify.annotations.NullMarked;
