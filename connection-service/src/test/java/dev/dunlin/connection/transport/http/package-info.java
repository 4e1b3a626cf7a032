@NullMarked
package dev.dunlin.connection.transport.http;

import org.jspecify.annotations.NullMarked;
