namespace EyesonBridge.Simulator;

/// <summary>How a socket is lost.</summary>
public enum DropKind
{
    /// <summary>The TCP connection is half closed, without a close frame: what a dying proxy does.</summary>
    Fin,

    /// <summary>The TCP connection is reset.</summary>
    Rst,

    /// <summary>A close frame with code 1000 and no reason.</summary>
    Close,
}
