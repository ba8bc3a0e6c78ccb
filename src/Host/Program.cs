Console.WriteLine("canhlu");
