@NullMarked
package dev.dunlin.connection.dispatch;

import org.jspecify.annotations.NullMarked;
