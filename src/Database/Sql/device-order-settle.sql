UPDATE device_orders SET state = @state, state_at = @at WHERE id = @order AND state IN ('Giving', 'Waiting', 'Sent')
