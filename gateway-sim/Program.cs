Console.WriteLine("gateway-sim");
