/**
 * The one origin in front of the services: routes by path, spreads links over the connection nodes,
 * serves the chat page.
 */
@NullMarked
package dev.dunlin.localstack.gateway;

import org.jspecify.annotations.NullMarked;
