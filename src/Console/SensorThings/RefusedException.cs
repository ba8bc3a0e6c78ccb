using Microsoft.AspNetCore.Http;

namespace CanhLu.Console.SensorThings;

/// <summary>A question that is not answered: the status, and one sentence that says what is wrong and what would be right.</summary>
sealed class RefusedException(int status, string message) : Exception(message)
{
    public int Status => status;

    public static RefusedException Wrong(string message) => new(StatusCodes.Status400BadRequest, message);

    public static RefusedException Missing(string message) => new(StatusCodes.Status404NotFound, message);

    public static RefusedException NotOffered(string message) => new(StatusCodes.Status501NotImplemented, message);
}
