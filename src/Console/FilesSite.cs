namespace CanhLu.Console;

/// <summary>The site as its files say it, without the devices that people took in beside them.</summary>
public delegate Site FilesSite();
